using System;
using System.IO;

namespace Helios.Jobs;

/// <summary>
/// The file format of the final video, told by its name, and the audio codecs that it holds. <c>png</c> is a sequence of
/// files (<see cref="FrameNames"/>).
/// </summary>
internal static class Container
{
    internal const string Gif = "gif";
    internal const string Png = "png";

    internal static readonly string[] Names = ["mp4", "mov", "mkv", "webm", Gif, Png];

    /// <summary>Every audio codec that helios knows; <c>none</c> leaves the sound out.</summary>
    internal static readonly string[] AllAudioCodecs = ["aac", "opus", "flac", "pcm", "none"];

    /// <summary>
    /// Container of a path, <c>mp4</c> for <c>Intro.MP4</c>; null when the extension is none of <see cref="Names"/>, or a PNG
    /// file has no place for the number of the frame.
    /// </summary>
    internal static string? Of(string path)
    {
        foreach (string name in Names)
            if (HasExtension(path, name)) return name != Png || FrameNames.TryParse(path, out _) ? name : null;
        return null;
    }

    internal static bool HasExtension(string path, string name)
    {
        var extension = Path.GetExtension(path.AsSpan());
        return extension.Length > 1 && extension[1..].Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the container holds pictures as people see them, RGB and without sound, which are decoded from the chunks.</summary>
    internal static bool IsOfPictures(string container) => container is Gif or Png;

    /// <summary>Audio codecs of a container, the default first.</summary>
    internal static string[] AudioCodecs(string container) => container switch
    {
        "mp4" => ["aac", "none"],
        "mov" => ["aac", "pcm", "none"],
        "mkv" => ["opus", "flac", "pcm", "none"], // no aac: ffmpeg cannot say there that its first 1024 samples are not to be heard
        "webm" => ["opus", "none"],
        Gif or Png => ["none"],
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, "not a container"),
    };
}
