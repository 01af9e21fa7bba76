using System.Diagnostics;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Run;

namespace Helios.Cli.Progress;

/// <summary>Shows a run to programs: one JSON object a line (docs/progress.md).</summary>
internal sealed class RunJson : RunWatcher
{
    private const int Period = 500; // ms

    private long _shown = Stopwatch.GetTimestamp();

    internal override void OnStart(RunStatus status) => ProgressJson.Write("job-started", json =>
    {
        json.WriteString("job"u8, status.JobId);
        json.WriteNumber("chunks"u8, status.TotalChunks);
        json.WriteNumber("completeChunks"u8, status.ReusedChunks);
        json.WriteNumber("totalFrames"u8, status.TotalFrames);
        json.WriteNumber("completeFrames"u8, status.ReusedFrames);
        json.WriteNumber("workers"u8, status.Workers);
    });

    internal override void OnChunkStart(int chunk, long frames, int attempt) => ProgressJson.Write("chunk-started", json =>
    {
        json.WriteNumber("chunk"u8, chunk);
        json.WriteNumber("frames"u8, frames);
        json.WriteNumber("attempt"u8, attempt);
    });

    internal override void OnChunkFinish(int chunk, long frames, long bytes, ReceiptTimings timings) => ProgressJson.WriteChunk(chunk, frames, bytes, timings);

    internal override void OnRetry(int chunk, int attempt, HeliosException error, int delayMs) => ProgressJson.Write("chunk-failed", json =>
    {
        json.WriteNumber("chunk"u8, chunk);
        json.WriteNumber("attempt"u8, attempt);
        json.WriteNumber("retryInMs"u8, delayMs);
        ProgressJson.WriteParts(json, error);
    });

    internal override void OnTick(RunStatus status)
    {
        if (IsDue()) ProgressJson.Write("progress", json => WriteProgress(json, status));
    }

    internal override void OnWarning(string text) => ProgressJson.WriteWarning(text);

    internal override void OnMerge(RunStatus status) => ProgressJson.Write("merge-started", json => json.WriteNumber("chunks"u8, status.TotalChunks));

    internal override void OnMergeTick(RunStatus status)
    {
        if (!IsDue()) return;
        ProgressJson.Write("merge", json =>
        {
            json.WriteNumber("frames"u8, status.MergedFrames);
            json.WriteNumber("totalFrames"u8, status.TotalFrames);
        });
    }

    internal override void OnFinish(RunStatus status) => ProgressJson.Write("job-finished", json =>
    {
        json.WriteString("job"u8, status.JobId);
        json.WriteString("output"u8, status.Output);
        json.WriteNumber("totalFrames"u8, status.TotalFrames);
        json.WriteNumber("seconds"u8, ProgressJson.Round(status.Seconds));
        json.WriteNumber("mergeSeconds"u8, ProgressJson.Round(status.MergeSeconds));
        json.WriteNumber("retries"u8, status.Retries);
        ProgressJson.WriteTimings(json, new ReceiptTimings
        {
            LoadMs = status.LoadTime,
            PrerollMs = status.PrerollTime,
            CaptureMs = status.CaptureTime,
            TotalMs = status.WorkerTime,
        });
    });

    private bool IsDue()
    {
        if (Stopwatch.GetElapsedTime(_shown).TotalMilliseconds < Period) return false;
        _shown = Stopwatch.GetTimestamp();
        return true;
    }

    private static void WriteProgress(Utf8JsonWriter json, RunStatus status)
    {
        json.WriteNumber("frames"u8, status.DoneFrames);
        json.WriteNumber("totalFrames"u8, status.TotalFrames);
        json.WriteNumber("fps"u8, ProgressJson.Round(status.Rate));
        if (status.SecondsLeft is double left) json.WriteNumber("secondsLeft"u8, ProgressJson.Round(left));
        json.WriteNumber("workers"u8, status.RunningWorkers);
        json.WriteNumber("retries"u8, status.Retries);
    }
}
