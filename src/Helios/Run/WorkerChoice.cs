using System;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Run;

/// <summary>
/// The default number of workers for a job on this machine. A worker keeps a browser and an encoder busy at the same time, so more workers
/// than the processors can run make a job slower (docs/running.md).
/// </summary>
/// <param name="Count">Workers, at least 1.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record WorkerChoice(int Count, string Reason)
{
    // measured with bench/render.sh: processors that one worker keeps busy
    private const double OfLightFrames = 1.6;
    private const double OfHeavyFrames = 1.25;

    private const double Heavy = 35; // ms for a frame, without its encoding
    private const int ManyFrames = 600; // of screenshots: from here on a second worker on two processors is faster for every page measured
    private const int FewestFrames = 30; // for each worker: what its start costs

    /// <param name="processors">That may be used.</param>
    /// <param name="memoryLimit">Workers that fit into memory.</param>
    /// <param name="frames">Frames of the job.</param>
    /// <param name="capture">How they are captured.</param>
    /// <param name="frameTime">Time of a frame where it was tried, ms; null when unknown.</param>
    internal static WorkerChoice Make(int processors, int memoryLimit, long frames, CaptureMode capture, double? frameTime)
    {
        bool isHeavy = frameTime is double time ? time >= Heavy : capture == CaptureMode.Screenshot && frames >= ManyFrames;
        double busy = isHeavy ? OfHeavyFrames : OfLightFrames;
        string frame = frameTime is double known
            ? string.Create(CultureInfo.InvariantCulture, $"with frames of {known:0} ms")
            : $"by {capture}";
        string reason = string.Create(CultureInfo.InvariantCulture, $"one worker keeps {busy} of {processors} processors busy {frame}");
        int count = Math.Max(1, (int)Math.Round(processors / busy, MidpointRounding.AwayFromZero));
        long byLength = Math.Max(1, frames / FewestFrames);
        if (byLength < count)
        {
            count = (int)byLength;
            reason = string.Create(CultureInfo.InvariantCulture,
                $"{frames} frames, and the start of a worker takes as long as {FewestFrames}");
        }

        return memoryLimit < count
            ? new WorkerChoice(memoryLimit, string.Create(CultureInfo.InvariantCulture, $"memory is enough for {memoryLimit}"))
            : new WorkerChoice(count, reason);
    }
}
