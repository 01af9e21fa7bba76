using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>
/// Whether a file holds exactly the pictures that it should, each at its place. Reads tables only: what is decoded is the
/// business of the digest.
/// </summary>
internal static class VideoCheck
{
    /// <summary>What is wrong with a file; null when nothing is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="container">Its format: mp4, mov, mkv or webm.</param>
    /// <param name="options">How it was encoded.</param>
    /// <param name="frames">Frames that it must have.</param>
    /// <param name="video">Receives what is known of the pictures.</param>
    internal static string? Check(string path, string container, RenderOptions options, long frames, out TrackFacts? video)
    {
        video = null;
        if (!FrameRate.TryParse(options.FrameRate, out FrameRate rate)) throw new ArgumentException("not a frame rate", nameof(options));
        bool isMovie = container is "mp4" or "mov";
        try
        {
            using FileStream file = InputFile.OpenFile(path, path);
            IReadOnlyList<TrackFacts> tracks = isMovie ? MovieFile.Read(file, rate) : MatroskaFile.Read(file, rate);
            foreach (TrackFacts track in tracks)
            {
                if (track.Kind != "vide") continue;
                if (video is not null) return "it has more than one video track";
                video = track;
            }
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }

        return video is null ? "it has no video track" : Check(video, isMovie ? CodecNames.OfMovie(options) : CodecNames.OfMatroska(options), options, frames);
    }

    private static string? Check(TrackFacts video, string codec, RenderOptions options, long frames)
    {
        bool isFfv1 = options.VideoCodec == "ffv1" && video.Codec == CodecNames.Ffv1;
        if (video.Codec != codec && !isFfv1) return $"it is encoded as {ErrorText.OneLine(video.Codec)}, expected {codec}";
        if (video.Width != options.Width || video.Height != options.Height)
            return string.Create(CultureInfo.InvariantCulture, $"it has {video.Width}x{video.Height} pixels, expected {options.Width}x{options.Height}");
        if (video.Count != frames) return string.Create(CultureInfo.InvariantCulture, $"it holds {video.Count} frames, expected {frames}");
        return video.TimingFault;
    }
}
