using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Page;
using Helios.Render;

namespace Helios.Progress;

/// <summary>Writes the events of <c>--progress json</c>: one object a line (docs/progress.md).</summary>
/// <param name="write">Receives a line.</param>
/// <param name="clock">Monotonic time, ms.</param>
internal sealed class JsonProgress(Action<string> write, Func<long> clock) : ProgressSink
{
    private const int Period = 500; // ms

    private readonly Throttle _throttle = new(Period, clock);

    internal override void Report(ProgressEvent happened)
    {
        if (!IsShown(happened)) return;
        var line = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(line, JobJson.Compact))
        {
            json.WriteStartObject();
            Write(json, happened);
            json.WriteEndObject();
        }

        write(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    /// <summary>Limits frequent events to two a second; the last one is always written unless another event reports the end.</summary>
    private bool IsShown(ProgressEvent happened) => happened switch
    {
        PrerollAdvanced said => _throttle.IsDue(said.Frames == said.TotalFrames),
        ChunkAdvanced said => _throttle.IsDue(said.Frames == said.TotalFrames),
        MergeAdvanced said => _throttle.IsDue(said.Rate is not null && said.Frames == said.TotalFrames),
        RunAdvanced => _throttle.IsDue(),
        _ => true,
    };

    private void Write(Utf8JsonWriter json, ProgressEvent happened)
    {
        switch (happened)
        {
            case Warned said: Begin(json, ProgressNames.Warning); json.WriteString(ProgressNames.Message, said.Text); break;
            case Noted said: Begin(json, "note"); json.WriteString(ProgressNames.Message, said.Text); break;
            case Failed said: Begin(json, ProgressNames.Error); WriteParts(json, said.Error); break;
            case PageProbed said: Begin(json, "page-probed"); WritePage(json, said); break;
            case CaptureChosen said: Begin(json, "capture-chosen"); WriteTrial(json, said.Trial); break;
            case WorkersChosen said: Begin(json, "workers-chosen"); WriteWorkers(json, said); break;
            case PhaseBegun said: Begin(json, "phase", said.Chunk); json.WriteString("phase"u8, NameOf(said.Phase)); break;
            case PrerollAdvanced said: Begin(json, "preroll", said.Chunk); WriteFrames(json, said.Frames, said.TotalFrames); break;
            case ChunkAdvanced said:
                Begin(json, ProgressNames.Progress, said.Chunk);
                WriteFrames(json, said.Frames, said.TotalFrames);
                WriteRate(json, said.Rate, said.TotalFrames - said.Frames);
                break;
            case ChunkSkipped said: Begin(json, Unit + "-complete", said.Chunk); break;
            case ChunkFinished said: Begin(json, Unit + ProgressNames.Finished, said.Chunk); WriteChunk(json, said); break;
            case ChunkStarted said:
                Begin(json, Unit + "-started", said.Chunk);
                json.WriteNumber(ProgressNames.Frames, said.Frames);
                json.WriteNumber("attempt"u8, said.Attempt);
                break;
            case ChunkFailed said: Begin(json, Unit + "-failed", said.Chunk); WriteFailure(json, said); break;
            case RowFailed said: Begin(json, "row-failed", said.Row); WriteParts(json, said.Error); break;
            case StillFinished said: Begin(json, "still-finished"); WriteStill(json, said); break;
            case SheetFinished said:
                Begin(json, "contact-sheet-finished");
                json.WriteNumber(ProgressNames.Frames, said.Frames);
                json.WriteString("output"u8, said.Output);
                break;
            case RunStarted said: Begin(json, "job-started"); WriteStart(json, said.Status); break;
            case RunAdvanced said: Begin(json, ProgressNames.Progress); WriteProgress(json, said.Status); break;
            case RunFinished said: Begin(json, "job-finished"); WriteEnd(json, said.Status); break;
            case MergeStarted said: Begin(json, "merge-started"); json.WriteNumber("chunks"u8, said.Chunks); break;
            case MergeAdvanced said: Begin(json, "merge"); WriteMerge(json, said); break;
            case MergeFinished said: Begin(json, "merge-finished"); WriteMergeEnd(json, said); break;
            default: throw new ArgumentOutOfRangeException(nameof(happened), happened, "an event without a name");
        }
    }

    private static void Begin(Utf8JsonWriter json, string name) => json.WriteString(ProgressNames.Event, name);

    private void Begin(Utf8JsonWriter json, string name, int chunk)
    {
        json.WriteString(ProgressNames.Event, name);
        json.WriteNumber(Unit, chunk);
    }

    private static ReadOnlySpan<byte> NameOf(RenderPhase phase) => phase switch
    {
        RenderPhase.Load => "load"u8,
        RenderPhase.Preroll => "preroll"u8,
        RenderPhase.Capture => "capture"u8,
        _ => "encode"u8,
    };

    private static void WriteParts(Utf8JsonWriter json, HeliosException error)
    {
        json.WriteNumber(ProgressNames.Code, (int)error.Code);
        json.WriteString(ProgressNames.What, error.What);
        json.WriteString(ProgressNames.Where, error.Where);
        json.WriteString(ProgressNames.Fix, error.Fix);
        if (Reasons.NameOf(error.Reason) is string reason) json.WriteString(ProgressNames.Reason, reason);
    }

    private static void WritePage(Utf8JsonWriter json, PageProbed said)
    {
        json.WriteNumber("width"u8, said.Options.Width);
        json.WriteNumber("height"u8, said.Options.Height);
        json.WriteString("frameRate"u8, said.Options.FrameRate.ToString());
        json.WriteNumber("totalFrames"u8, said.TotalFrames);
        json.WriteStartObject("fromPage"u8);
        foreach (PageValue value in said.FromPage) json.WriteString(value.Name, value.Source);
        json.WriteEndObject();
    }

    private static void WriteWorkers(Utf8JsonWriter json, WorkersChosen said)
    {
        json.WriteNumber("workers"u8, said.Workers);
        json.WriteNumber("chunks"u8, said.Chunks);
        json.WriteString("because"u8, said.Reason);
    }

    private static void WriteTrial(Utf8JsonWriter json, CaptureTrial trial)
    {
        json.WriteString("capture"u8, trial.Capture.Name);
        json.WriteNumber(ProgressNames.Frames, trial.Frames);
        json.WriteString("because"u8, trial.Reason);
    }

    private static void WriteFrames(Utf8JsonWriter json, long frames, long total)
    {
        json.WriteNumber(ProgressNames.Frames, frames);
        json.WriteNumber("totalFrames"u8, total);
    }

    private static void WriteRate(Utf8JsonWriter json, double rate, long framesLeft)
    {
        json.WriteNumber("fps"u8, Round(rate));
        json.WriteNumber("secondsLeft"u8, Round(framesLeft / Math.Max(0.001, rate)));
    }

    private static void WriteChunk(Utf8JsonWriter json, ChunkFinished said)
    {
        json.WriteNumber(ProgressNames.Frames, said.Frames);
        json.WriteNumber(ProgressNames.Bytes, said.Bytes);
        WriteTimings(json, said.Timings);
    }

    private static void WriteTimings(Utf8JsonWriter json, ReceiptTimings timings)
    {
        json.WriteNumber(TimingsDocument.Load, timings.LoadMs);
        json.WriteNumber(TimingsDocument.Preroll, timings.PrerollMs);
        json.WriteNumber(TimingsDocument.Capture, timings.CaptureMs);
        json.WriteNumber(TimingsDocument.Total, timings.TotalMs);
    }

    private static void WriteFailure(Utf8JsonWriter json, ChunkFailed said)
    {
        json.WriteNumber("attempt"u8, said.Attempt);
        json.WriteNumber("retryInMs"u8, said.Delay);
        WriteParts(json, said.Error);
    }

    private static void WriteStill(Utf8JsonWriter json, StillFinished said)
    {
        json.WriteNumber("frame"u8, said.Frame);
        json.WriteString("output"u8, said.Output);
        WriteTimings(json, said.Timings);
    }

    private static void WriteStart(Utf8JsonWriter json, RunStatus status)
    {
        json.WriteString("job"u8, status.JobId);
        bool isBatch = status.Unit == RunStatus.Row;
        json.WriteNumber(isBatch ? "rows"u8 : "chunks"u8, status.TotalChunks);
        json.WriteNumber(isBatch ? "completeRows"u8 : "completeChunks"u8, status.ReusedChunks);
        json.WriteNumber("totalFrames"u8, status.TotalFrames);
        json.WriteNumber("completeFrames"u8, status.ReusedFrames);
        json.WriteNumber("workers"u8, status.Workers);
    }

    private static void WriteProgress(Utf8JsonWriter json, RunStatus status)
    {
        WriteFrames(json, status.DoneFrames, status.TotalFrames);
        json.WriteNumber("fps"u8, Round(status.Rate));
        if (status.SecondsLeft is double left) json.WriteNumber("secondsLeft"u8, Round(left));
        json.WriteNumber("workers"u8, status.RunningWorkers);
        json.WriteNumber("retries"u8, status.Retries);
    }

    private static void WriteEnd(Utf8JsonWriter json, RunStatus status)
    {
        json.WriteString("job"u8, status.JobId);
        json.WriteString("output"u8, status.Output);
        json.WriteNumber("totalFrames"u8, status.TotalFrames);
        json.WriteNumber("seconds"u8, Round(status.Seconds));
        json.WriteNumber("mergeSeconds"u8, Round(status.MergeSeconds));
        json.WriteNumber("retries"u8, status.Retries);
        WriteTimings(json, new ReceiptTimings
        {
            LoadMs = status.LoadTime,
            PrerollMs = status.PrerollTime,
            CaptureMs = status.CaptureTime,
            TotalMs = status.WorkerTime,
        });
    }

    private static void WriteMerge(Utf8JsonWriter json, MergeAdvanced said)
    {
        WriteFrames(json, said.Frames, said.TotalFrames);
        if (said.Rate is double rate) WriteRate(json, rate, said.TotalFrames - said.Frames);
    }

    private static void WriteMergeEnd(Utf8JsonWriter json, MergeFinished said)
    {
        json.WriteString("job"u8, said.JobId);
        json.WriteString("output"u8, said.Result.Output);
        json.WriteNumber("chunks"u8, said.Result.Chunks);
        json.WriteNumber("totalFrames"u8, said.Result.Frames);
        json.WriteNumber(ProgressNames.Bytes, said.Result.Size);
        json.WriteNumber("seconds"u8, Round(said.Result.Milliseconds / 1000.0));
    }

    /// <summary>One decimal, for seconds and rates.</summary>
    private static decimal Round(double value) => (decimal)Math.Round(Math.Clamp(value, 0, 1e12), 1);
}
