using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Checks that a file holds exactly the expected frames, each at its time, and audio of that
/// length. Reads tables only: the digest covers the content.
/// </summary>
internal static class VideoCheck
{
    /// <summary>Describes the fault of a chunk's file; null when it is correct.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it was encoded.</param>
    /// <param name="frames">Expected number of frames.</param>
    /// <param name="video">Receives the properties of the video track.</param>
    /// <param name="onFrame">Receives the bytes of each frame, in decoding order.</param>
    internal static string? CheckChunk(
        string path, RenderOptions options, long frames, out TrackFacts? video, Action<uint>? onFrame = null)
    {
        Container container = options.VideoCodec.ChunkContainerFor(options.PixelFormat);
        string? wrong = Read(path, container, options, out video, out TrackFacts? audio, onFrame);
        return wrong ?? (audio is null ? CheckVideo(video!, container, options, frames) : "it has audio");
    }

    /// <summary>Describes the fault of a merged video; null when it is correct.</summary>
    /// <param name="path">The file.</param>
    /// <param name="spec">Its job.</param>
    /// <param name="samples">Length of its audio in samples; 0 for none.</param>
    internal static string? CheckResult(string path, JobSpec spec, long samples)
    {
        Container container = spec.Container;
        RenderOptions options = spec.RenderOptions;
        return Read(path, container, options, out TrackFacts? video, out TrackFacts? audio)
            ?? CheckVideo(video!, container, options, spec.TotalFrames)
            ?? CheckAudio(audio, samples);
    }

    private static string? Read(string path, Container container, RenderOptions options, out TrackFacts? video, out TrackFacts? audio,
        Action<uint>? onFrame = null)
    {
        video = audio = null;
        FrameRate rate = options.FrameRate;
        try
        {
            using FileStream file = InputFile.OpenFile(path, path);
            IReadOnlyList<TrackFacts> tracks = container.IsMovie ? MovieFile.Read(file, rate, onFrame)
                : container == Container.Gif ? GifFile.Read(file, rate)
                : MatroskaFile.Read(file, rate);
            foreach (TrackFacts track in tracks)
            {
                bool isVideo = track.Kind == "vide";
                if (isVideo ? video is not null : audio is not null || track.Kind != "soun") return "it has more tracks than it should";
                if (isVideo) video = track;
                else audio = track;
            }
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }

        return video is null ? "it has no video track" : null;
    }

    private static string? CheckVideo(TrackFacts video, Container container, RenderOptions options, long frames)
    {
        string[] codecs = container.IsMovie ? [options.VideoCodec.SampleEntry(options.Preset)]
            : container == Container.Gif ? [GifFile.Name]
            : options.VideoCodec.MatroskaIds;
        if (Array.IndexOf(codecs, video.Codec) < 0) return $"it is encoded as {ErrorText.OneLine(video.Codec)}, expected {codecs[0]}";
        if (video.Width != options.PixelWidth || video.Height != options.PixelHeight)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"it has {video.Width}x{video.Height} pixels, expected {options.PixelWidth}x{options.PixelHeight}");
        }

        if (video.Count != frames) return string.Create(CultureInfo.InvariantCulture, $"it holds {video.Count} frames, expected {frames}");
        if (options.VideoCodec.IsAlphaInBlocks(options.PixelFormat) && video.AlphaCount != frames)
            return string.Create(CultureInfo.InvariantCulture, $"{video.AlphaCount} of its {frames} frames have alpha");
        return video.TimingFault;
    }

    private static string? CheckAudio(TrackFacts? audio, long samples)
    {
        if (samples == 0) return audio is null ? null : "it has audio";
        if (audio is null) return "it has no audio";
        decimal expected = (decimal)samples * audio.TimeScale / AudioRules.SampleRate;
        if (Math.Abs(audio.Duration - expected) > audio.Tolerance)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"its audio lasts {(decimal)audio.Duration / audio.TimeScale} s, expected {(decimal)samples / AudioRules.SampleRate}");
        }

        return (decimal)Math.Abs(audio.Start) / audio.TimeScale <= 0.001m ? null : "its audio begins too late or too early";
    }
}
