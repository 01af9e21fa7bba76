using System;
using System.IO;

namespace Helios.Jobs;

/// <summary>The file format of the final video, told by its extension, and the audio codecs that it holds.</summary>
internal static class Container
{
    internal static readonly string[] Names = ["mp4", "mov", "mkv", "webm"];

    /// <summary>Every audio codec that helios knows; <c>none</c> leaves the sound out.</summary>
    internal static readonly string[] AllAudioCodecs = ["aac", "opus", "flac", "pcm", "none"];

    /// <summary>Container of a path, <c>mp4</c> for <c>Intro.MP4</c>; null when the extension is none of <see cref="Names"/>.</summary>
    internal static string? Of(string path)
    {
        var extension = Path.GetExtension(path.AsSpan());
        foreach (string name in Names)
            if (extension.Length > 1 && extension[1..].Equals(name, StringComparison.OrdinalIgnoreCase)) return name;
        return null;
    }

    /// <summary>Audio codecs of a container, the default first.</summary>
    internal static string[] AudioCodecs(string container) => container switch
    {
        "mp4" => ["aac", "none"],
        "mov" => ["aac", "pcm", "none"],
        "mkv" => ["opus", "flac", "pcm", "none"], // no aac: ffmpeg cannot say there that its first 1024 samples are not to be heard
        "webm" => ["opus", "none"],
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, "not a container"),
    };
}
