using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Text;

namespace Helios.Merge;

/// <summary>
/// Finds the audio of a job: the audio files of its spec, which must be those that were planned, and the media that its page plays.
/// </summary>
internal sealed class AudioSources(JobSpec spec, MergeSettings settings)
{
    private const decimal Overhang = 0.05m; // a part up to the end as players show it is no mistake

    private readonly AudioProbe _probe = new(settings.Ffmpeg);
    private readonly FrameRate _rate = spec.RenderOptions.FrameRate;

    /// <summary>The mix; null when there is no audio.</summary>
    /// <param name="media">Media that the page itself plays.</param>
    /// <exception cref="HeliosException">
    /// 65: a file has changed or holds no audio; 66: it is missing; 74, 75: ffmpeg cannot tell.
    /// </exception>
    internal AudioGraph? Find(IReadOnlyList<MediaClip> media)
    {
        if (spec.RenderOptions.AudioCodec == AudioCodec.None) return null;
        var clips = new List<AudioClip>();
        foreach (AudioTrack track in spec.RenderOptions.Audio) clips.Add(Find(track));
        foreach (MediaClip clip in media)
            if (Find(clip) is AudioClip found) clips.Add(found);
        return clips.Count == 0 ? null : new AudioGraph(spec.RenderOptions, spec.TotalFrames, clips);
    }

    private AudioClip Find(AudioTrack track)
    {
        string path = JobPaths.Resolve(track.File, settings.Directory);
        using (FileStream file = InputFile.OpenRegular(path, track.File))
        {
            if (!settings.AllowsChanged && "sha256:" + Sha256.HashStream(file, settings.Interrupts.ThrowIfRequested) != track.Digest)
            {
                throw new HeliosException(ExitCode.Invalid, "the audio file changed since the job was planned", track.File,
                    "plan the job again, which keeps the chunks, or take what is there with --allow-changed");
            }
        }

        AudioInfo? info = _probe.Find(path);
        if (info is null || info == AudioInfo.Unreadable)
        {
            throw new HeliosException(ExitCode.Invalid, "ffmpeg finds no audio in the file", track.File,
                "give a wav, flac, mp3, m4a, ogg, opus, webm or mp4 file that has some");
        }

        var clip = new AudioClip
        {
            Path = path,
            Info = info,
            Start = track.Start,
            TrimStart = track.TrimStart,
            TrimEnd = track.TrimEnd,
            IsLooping = track.Loop,
            Volume = track.Volume,
            FadeIn = track.FadeIn,
            FadeOut = track.FadeOut,
        };
        bool isPart = clip.TrimStart > 0 || clip.TrimEnd > 0;
        if (isPart && !info.IsSurelyLongerThan(Math.Max(clip.TrimStart, clip.TrimEnd)))
            clip = clip with { FileLength = _probe.Measure(path) };
        if (isPart && clip.FileLength > 0) WarnOfPart(clip, track.File);
        return Measure(clip);
    }

    private AudioClip Measure(AudioClip clip)
    {
        decimal end = (decimal)(spec.RenderOptions.StartFrame + spec.TotalFrames) * _rate.Denominator / _rate.Numerator;
        bool isNeeded = clip.IsFadedAtFileEnd || clip.MayLoopLong(end);
        return clip.FileLength == 0 && isNeeded ? clip with { FileLength = _probe.Measure(clip.Path) } : clip;
    }

    private void WarnOfPart(AudioClip clip, string name)
    {
        string length = string.Create(CultureInfo.InvariantCulture,
            $"the file has {clip.FileLength:0.###} s of audio ({ErrorText.OneLine(name)})");
        if (clip.TrimStart >= clip.FileLength)
            settings.Warn(string.Create(CultureInfo.InvariantCulture, $"nothing is heard from {clip.TrimStart} s on: {length}"));
        else if (clip.TrimEnd > clip.FileLength + Overhang)
            settings.Warn(string.Create(CultureInfo.InvariantCulture, $"the part ends before {clip.TrimEnd} s: {length}"));
    }

    /// <summary>A file of the page's project; null for one that has no audio or cannot be mixed.</summary>
    private AudioClip? Find(MediaClip media)
    {
        if (CompositionUrl.SchemeOf(media.Source) is not null || CompositionUrl.IsOnNet(spec.Composition))
        {
            settings.Warn($"the page plays {ErrorText.Shorten(ErrorText.OneLine(media.Source), 100)}, which is not heard in the video: "
                + "only files of its project are");
            return null;
        }

        string path = Locate(media.Source);
        AudioInfo? info = _probe.Find(path);
        if (info == AudioInfo.Unreadable)
        {
            string name = ErrorText.OneLine(media.Source);
            throw new HeliosException(ExitCode.Invalid, $"the page plays \"{name}\", of which ffmpeg finds no audio and no video", path,
                "give a wav, flac, mp3, m4a, ogg, opus, webm or mp4 file, or plan the job with --audio-codec none");
        }

        if (info is null) return null; // a video without audio
        return Measure(new AudioClip
        {
            Path = path,
            Info = info,
            Start = media.Start,
            Length = media.End > 0 ? media.End - media.Start : 0,
            TrimStart = media.Loop ? 0 : media.Offset,
            Skip = media.Loop ? media.Offset : 0,
            IsLooping = media.Loop,
            Rate = media.Rate,
            Volume = media.Volume,
            FadeIn = media.FadeIn,
            FadeOut = media.FadeOut,
        });
    }

    /// <summary>Receipts are as untrusted as pages: paths are checked after symbolic links are resolved.</summary>
    private string Locate(string reference)
    {
        if (!CompositionUrl.TryGetPath(spec.Composition, settings.Directory, out string composition))
            throw new ArgumentException("a spec is checked when read", nameof(reference));
        string directory = JobPaths.RootOf(spec, settings.Root, settings.Directory)
            ?? Path.GetDirectoryName(RealPath.Of(composition) ?? composition)!;
        string? root = RealPath.Of(directory);
        string? real = root is not null && CompositionUrl.TryDecode(reference, out string relative)
            ? RealPath.Of(Path.Combine(root, relative.TrimStart('/')))
            : null;
        if (real is null)
        {
            throw new HeliosException(ExitCode.NoInput, $"the page plays \"{ErrorText.OneLine(reference)}\", which is not there", directory,
                "name the project directory with --root, or plan the job with --audio-codec none");
        }

        if (!PathRules.Host.IsBelow(real, root!) || FileKind.WhyNotRegular(real) is not null)
        {
            throw new HeliosException(ExitCode.Invalid,
                $"the page plays \"{ErrorText.OneLine(reference)}\", which is no file of its project", directory,
                "name the project directory with --root");
        }

        return real;
    }
}
