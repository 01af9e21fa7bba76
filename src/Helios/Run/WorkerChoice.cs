using System;
using System.Globalization;

namespace Helios.Run;

/// <summary>
/// The default number of workers for a job on this machine. A worker keeps a browser and an encoder busy at the same time, so more workers
/// than the processors can run make a job slower (docs/running.md).
/// </summary>
/// <param name="Count">Workers to begin with, at least 1.</param>
/// <param name="Most">Workers at most, where those that run leave processors idle (<see cref="WorkerGrowth"/>).</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record WorkerChoice(int Count, int Most, string Reason)
{
    private const double Busy = 1.6; // processors that a worker with light frames keeps busy, measured with bench/render.sh
    private const int FewestFrames = 30; // for each worker: what its start costs

    /// <param name="processors">That may be used.</param>
    /// <param name="memoryLimit">Workers that fit into memory.</param>
    /// <param name="frames">Frames of the job.</param>
    internal static WorkerChoice Make(int processors, int memoryLimit, long frames)
    {
        int count = Math.Max(1, (int)Math.Round(processors / Busy, MidpointRounding.AwayFromZero));
        int byLength = (int)Math.Clamp(frames / FewestFrames, 1, processors);
        int most = Math.Min(byLength, memoryLimit);
        string reason = string.Create(CultureInfo.InvariantCulture,
            $"one worker keeps up to {Busy} of {processors} processors busy{(most > count ? "; more start if some stay idle" : "")}");
        if (byLength < count)
        {
            reason = string.Create(CultureInfo.InvariantCulture,
                $"{frames} frames, and the start of a worker takes as long as {FewestFrames}");
        }

        if (memoryLimit < Math.Min(count, byLength))
            reason = string.Create(CultureInfo.InvariantCulture, $"memory is enough for {memoryLimit}");
        return new WorkerChoice(Math.Min(count, most), most, reason);
    }
}
