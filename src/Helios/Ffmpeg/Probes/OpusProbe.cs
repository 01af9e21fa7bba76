using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Media;
using Helios.Os.Files;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// Finds out how this ffmpeg writes Opus into Matroska, with a tenth of a second of silence. The encoder
/// delay is 312 samples. Up to version 5.1 the muxer shifts everything so that these begin at 0, the
/// video included, unless the audio was shifted before. Later versions record the delay in the file, and
/// shifted audio would play too late. The test costs about 100 ms; a repeated merge costs its full time.
/// </summary>
internal static class OpusProbe
{
    private static readonly FrameRate s_rate = FrameRate.OfWhole(10);

    private const decimal Early = 0.001m; // s; 312 samples are 6.5 ms

    /// <summary>Whether the audio must be delayed by the encoder delay of libopus (<see cref="AudioGraph.MakeGraph"/>).</summary>
    /// <exception cref="HeliosException">69: there is no libopus; 74, 75: ffmpeg gave no answer; 130, 143: interrupted.</exception>
    internal static bool NeedsShift(RenderOptions options, FfmpegProgram program)
    {
        using var file = MemoryFile.Create("a tenth of a second of audio", static _ => { });
        var mix = new AudioGraph(options with { FrameRate = s_rate, StartFrame = 0 }, 1, []);
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-y", "-filter_complex", mix.MakeGraph(hasPriming: true), .. ConcatArgs.MapAudio(options),
            "-fflags", "+bitexact", "-f", "matroska", file.Path,
        ];
        FfmpegEnd end = FfmpegProcess.Ask(program, FfmpegCommand.Ask(arguments, program.Path));
        if (end.IsUnable)
        {
            throw new HeliosException(ExitCode.Unavailable, "ffmpeg cannot encode Opus: " + end.Said, program.Path,
                "install ffmpeg 5.1 or later with libopus, or plan the job with another --audio-codec");
        }

        if (end.Code == 0 && FindStart(file.Path) is decimal start) return start <= Early;
        string what = "ffmpeg does not encode silence as Opus" + (end.Said.Length > 0 ? ": " + end.Said : "");
        throw new HeliosException(ExitCode.Temporary, what, program.Path, FfmpegCommand.AnswerFix);
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
            // ffmpeg made no file
        }

        return null;
    }
}
