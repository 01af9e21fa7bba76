using System;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Encode;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// Encodes one black frame with the options of the job, where it cannot be told otherwise whether this machine can: an ffmpeg that knows
/// the encoder may lack its device or the driver, and would say so only with the first frame of a chunk, after all frames before it. And
/// an encoder ignores options that it does not know, as x265 before 3.2 does const-vbv, without which bytes differ.
/// </summary>
internal static class EncodeTrial
{
    private static readonly string[] s_busy = ["out of memory", "cannot allocate memory", "resource busy", "temporarily unavailable"];

    private static readonly string[] s_ignored = ["unknown option: ", "error parsing option "];
    private static readonly string[] s_unknown = ["unknown encoder", "unrecognized option"]; // an option of that encoder

    /// <summary>Throws when the encoder cannot do what the job asks; does nothing where that need not be tried.</summary>
    /// <exception cref="HeliosException">69: it cannot; 75: it has no room for one more, or says nothing; 130, 143.</exception>
    internal static void Check(FfmpegProgram program, RenderOptions options)
    {
        EncodeDevice? device = options.VideoCodec.Device;
        if (device is null && options.Rate.MaxBitrate is null && options.EncoderOptions.All.Count == 0) return;
        FfmpegEnd end = Ask(program, options);
        if (Array.Exists(s_ignored, text => end.Said.Contains(text, StringComparison.OrdinalIgnoreCase)))
        {
            throw new HeliosException(ExitCode.Unavailable,
                $"the encoder of {options.VideoCodec} does not know an option that the job needs: {Reason(end)}", program.Path,
                "install an ffmpeg with a later version of it, or plan the job without --max-bitrate and --encoder-option");
        }

        if (device is null || end.Code == 0) return; // others are known to encode
        string what = $"{options.VideoCodec} cannot encode a frame on this machine: {Reason(end)}";
        throw Array.Exists(s_busy, text => end.Said.Contains(text, StringComparison.OrdinalIgnoreCase))
            ? new HeliosException(ExitCode.Temporary, what, program.Path, "run it again, with fewer workers on this machine")
            : new HeliosException(ExitCode.Unavailable, what, program.Path,
                $"it needs {device.Need}; or plan the job with --video-codec {VideoCodec.H264}");
    }

    /// <summary>Whether it can encode such frames; otherwise why not, or null where ffmpeg does not know the encoder.</summary>
    internal static (bool IsFine, string? Reason) Try(FfmpegProgram program, RenderOptions options)
    {
        FfmpegEnd end = Ask(program, options);
        if (end.Code == 0) return (true, "");
        bool isUnknown = Array.Exists(s_unknown, text => end.Said.Contains(text, StringComparison.OrdinalIgnoreCase));
        return (false, isUnknown ? null : Reason(end));
    }

    private static string Reason(FfmpegEnd end)
    {
        string first = end.Said.Split(" | ")[0].Trim(); // the others follow from it
        int name = first.StartsWith('[') ? first.IndexOf("] ", StringComparison.Ordinal) : -1; // [h264_nvenc @ 0x5d41]
        return first.Length > 0 ? first[(name < 0 ? 0 : name + 2)..] : $"exit code {end.Code.ToString(CultureInfo.InvariantCulture)}";
    }

    private static FfmpegEnd Ask(FfmpegProgram program, RenderOptions options) => FfmpegProcess.Ask(program, new FfmpegCommand
    {
        Arguments = EncodeArgs.MakeTrial(options),
        Name = "the encoder",
        Doing = () => $"with a frame for {options.VideoCodec}",
        Idle = $"encoded no frame with {options.VideoCodec}",
    });
}
