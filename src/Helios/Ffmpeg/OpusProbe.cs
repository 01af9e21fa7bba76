using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Media;
using Helios.Os;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>
/// Finds out how this ffmpeg writes Opus into Matroska, by a tenth of a second of silence. Its encoder begins 312 samples
/// before the sound. Up to version 5.1 the muxer moves everything so that this is at 0, the picture with it, unless the
/// sound was moved before; later ones say it in the file, and would put a sound that was moved too late. Trying it out
/// costs some 100 ms, a merge that is made again all of its time.
/// </summary>
internal static class OpusProbe
{
    private static readonly FrameRate s_rate = FrameRate.OfWhole(10);

    private const decimal Early = 0.001m; // s; 312 samples are 6.5 ms

    /// <summary>Whether the sound must begin later by libopus' priming (<see cref="AudioMix.MakeGraph"/>).</summary>
    /// <exception cref="HeliosException">69: there is no libopus; 74, 75: ffmpeg gave no answer; 130, 143: interrupted.</exception>
    internal static bool NeedsShift(RenderOptions options, string ffmpeg, Interrupts interrupts)
    {
        using var file = MemoryFile.Create("a tenth of a second of sound", static _ => { });
        var mix = new AudioMix(options with { FrameRate = s_rate, StartFrame = 0 }, 1, []);
        var (code, said) = new FfmpegQuestion(ffmpeg, interrupts).Ask(
        [
            "-hide_banner", "-loglevel", "error", "-y", "-filter_complex", mix.MakeGraph(hasPriming: true), .. MergeArgs.MapSound(options),
            "-fflags", "+bitexact", "-f", "matroska", file.Path,
        ], ffmpeg);
        if (FfmpegEnd.IsUnable(code, said))
        {
            throw new HeliosException(ExitCode.Unavailable, "ffmpeg cannot encode Opus: " + said, ffmpeg,
                "install ffmpeg 5.1 or later with libopus, or plan the job with another --audio-codec");
        }

        if (code == 0 && FindStart(file.Path) is decimal start) return start <= Early;
        throw FfmpegQuestion.Temporary("ffmpeg does not encode silence as Opus" + (said.Length > 0 ? ": " + said : ""), ffmpeg);
    }

    private static decimal? FindStart(string path)
    {
        try
        {
            using FileStream file = InputFile.OpenFile(path, path);
            foreach (TrackFacts track in MatroskaFile.Read(file, s_rate))
                if (track.Kind == "soun" && track.Count > 0) return (decimal)track.Start / track.TimeScale;
        }
        catch (InvalidDataException)
        {
            // not even a file
        }

        return null;
    }
}
