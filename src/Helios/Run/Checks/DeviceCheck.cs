using System.Collections.Generic;
using Helios.Errors;
using Helios.Ffmpeg.Probes;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Encode;

namespace Helios.Run.Checks;

/// <summary>Which encoders that are devices work on this machine: each is given a frame.</summary>
internal static class DeviceCheck
{
    private const string Name = "hardware encoders";

    /// <param name="program">ffmpeg.</param>
    /// <param name="usual">Options of a job; the codec is replaced.</param>
    /// <param name="findings">Gets the result: never an error, because only jobs that name such an encoder need it.</param>
    internal static void Run(FfmpegProgram program, RenderOptions usual, Findings findings)
    {
        var fine = new List<string>();
        var others = new List<string>();
        foreach (VideoCodec codec in VideoCodec.All)
        {
            if (codec.Device is null) continue;
            try
            {
                var (isFine, reason) = EncodeTrial.Try(program, usual with
                {
                    VideoCodec = codec,
                    Quality = codec.DefaultQuality,
                    Preset = codec.DefaultPreset,
                    PixelFormat = PixelFormat.Yuv420p,
                });
                if (isFine) fine.Add(codec.Name);
                else if (reason is not null) others.Add($"{codec}: {reason}");
            }
            catch (HeliosException error) when (error.Code is ExitCode.Temporary or ExitCode.IoError)
            {
                others.Add($"{codec}: {error.What}");
            }
        }

        findings.Ok(Name, fine.Count > 0 ? string.Join(", ", fine)
            : others.Count == 0 ? "this ffmpeg has none"
            : "none works here, which only --video-codec with their names needs; " + string.Join("; ", others));
    }
}
