using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Merge;
using Helios.Os;
using Helios.Page;
using Helios.Plan;

namespace Helios.Cli.Progress;

/// <summary>What render-chunk says on stderr: progress of one chunk in one of the ways, warnings, and the chunk's summary.</summary>
internal sealed class ProgressLine(string? way, bool isQuiet)
{
    private const int TerminalPeriod = 100; // ms
    private const int LogPeriod = 5000;
    private const int JsonPeriod = 500;
    private const int Merge = -1; // in place of a chunk's id

    private readonly ProgressWay _way = ProgressWays.Read(way, isQuiet);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly HashSet<string> _warnings = [];
    private long _total;
    private int _chunk;
    private long _shown;
    private long _started;
    private bool _isOpen;

    internal void Begin(int chunk, long frames)
    {
        (_chunk, _total, _shown) = (chunk, frames, _watch.ElapsedMilliseconds);
        _started = _shown;
    }

    /// <summary>The same for a merge.</summary>
    internal void BeginMerge(long frames, int chunks)
    {
        Begin(Merge, frames);
        if (_way == ProgressWay.Json) ProgressJson.Write("merge-started", json => json.WriteNumber("chunks"u8, chunks));
    }

    internal void FinishMerge(string job, MergeResult result)
    {
        Close();
        double seconds = result.Milliseconds / 1000.0;
        if (_way == ProgressWay.Json)
        {
            ProgressJson.Write("merge-finished", json =>
            {
                json.WriteString("job"u8, job);
                json.WriteString("output"u8, result.Output);
                json.WriteNumber("chunks"u8, result.Chunks);
                json.WriteNumber("totalFrames"u8, result.Frames);
                json.WriteNumber("bytes"u8, result.Size);
                json.WriteNumber("seconds"u8, ProgressJson.Round(seconds));
            });
            return;
        }

        Tell(string.Create(CultureInfo.InvariantCulture,
            $"{JobPlan.Count(result.Frames, "frame")} of {JobPlan.Count(result.Chunks, "chunk")} joined in {seconds:0.0} s → {ErrorText.OneLine(result.Output)}"));
    }

    internal void Enter(RenderPhase phase)
    {
        if (phase == RenderPhase.Capture) _started = _watch.ElapsedMilliseconds;
        if (_way != ProgressWay.Json) return;
        string name = phase switch { RenderPhase.Load => "load", RenderPhase.Preroll => "preroll", RenderPhase.Capture => "capture", _ => "encode" };
        ProgressJson.Write("phase", json =>
        {
            json.WriteNumber("chunk"u8, _chunk);
            json.WriteString("phase"u8, name);
        });
    }

    /// <param name="done">Frames before the chunk that were gone through.</param>
    /// <param name="total">How many there are.</param>
    internal void ReportPreroll(long done, long total)
    {
        if (!IsDue(done == total)) return;
        if (_way == ProgressWay.Json)
        {
            ProgressJson.Write("preroll", json =>
            {
                json.WriteNumber("chunk"u8, _chunk);
                json.WriteNumber("frames"u8, done);
                json.WriteNumber("totalFrames"u8, total);
            });
            return;
        }

        Show(string.Create(CultureInfo.InvariantCulture, $"chunk {_chunk}: {done}/{total} frames before it"));
    }

    internal void Report(long done)
    {
        if (!IsDue(done == _total)) return;
        double rate = done * 1000.0 / Math.Max(1, _watch.ElapsedMilliseconds - _started);
        double left = (_total - done) / Math.Max(0.001, rate);
        if (_way == ProgressWay.Json)
        {
            ProgressJson.Write(_chunk == Merge ? "merge" : "progress", json =>
            {
                if (_chunk != Merge) json.WriteNumber("chunk"u8, _chunk);
                json.WriteNumber("frames"u8, done);
                json.WriteNumber("totalFrames"u8, _total);
                json.WriteNumber("fps"u8, ProgressJson.Round(rate));
                json.WriteNumber("secondsLeft"u8, ProgressJson.Round(left));
            });
            return;
        }

        string name = _chunk == Merge ? "merge" : string.Create(CultureInfo.InvariantCulture, $"chunk {_chunk}");
        Show(string.Create(CultureInfo.InvariantCulture, $"{name}: {done}/{_total} frames, {rate:0.0} fps, {left:0} s left"));
    }

    /// <summary>A line for people, below the progress so far; the same one is said once.</summary>
    internal void Warn(string line)
    {
        if (!_warnings.Add(line)) return;
        Close();
        if (_way == ProgressWay.Json) ProgressJson.WriteWarning(line);
        else StandardStreams.WriteError(ErrorText.OneLine(line));
    }

    /// <summary>Something that is known before the work begins: an event for programs, a line for people.</summary>
    internal void Tell(string name, Action<Utf8JsonWriter> members, string line)
    {
        if (_way == ProgressWay.Json) ProgressJson.Write(name, members);
        else Tell(ErrorText.OneLine(line));
    }

    /// <summary>The chunk is complete.</summary>
    internal void Finish(Chunk chunk, long bytes, ReceiptTimings timings, string target)
    {
        Close();
        if (_way == ProgressWay.Json)
        {
            ProgressJson.WriteChunk(chunk.Id, chunk.FrameCount, bytes, timings);
            return;
        }

        double seconds = timings.TotalMs / 1000.0;
        Tell(string.Create(CultureInfo.InvariantCulture,
            $"chunk {chunk.Id}: {chunk.FrameCount} frames in {seconds:0.0} s ({chunk.FrameCount / seconds:0.0} fps) → {ErrorText.OneLine(target)}"));
    }

    internal void FinishStill(long frame, ReceiptTimings timings, string target)
    {
        Close();
        if (_way == ProgressWay.Json)
        {
            ProgressJson.Write("still-finished", json =>
            {
                json.WriteNumber("frame"u8, frame);
                json.WriteString("output"u8, target);
                ProgressJson.WriteTimings(json, timings);
            });
            return;
        }

        Tell(string.Create(CultureInfo.InvariantCulture, $"frame {frame} in {timings.TotalMs / 1000.0:0.0} s → {ErrorText.OneLine(target)}"));
    }

    /// <summary>The chunk was complete before.</summary>
    internal void Skip(Chunk chunk)
    {
        if (_way == ProgressWay.Json) ProgressJson.Write("chunk-complete", json => json.WriteNumber("chunk"u8, chunk.Id));
        else Tell(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: complete already, {ErrorText.OneLine(chunk.Output)}"));
    }

    /// <summary>Removes the line that is drawn over.</summary>
    internal void Close()
    {
        if (_isOpen) StandardStreams.WriteErrorText("\r\e[K");
        _isOpen = false;
    }

    private void Tell(string line)
    {
        if (!isQuiet) StandardStreams.WriteError(line);
    }

    /// <summary>Whether it is time to show something again; the end is always shown but in a log, where the summary follows.</summary>
    private bool IsDue(bool isEnd)
    {
        int period = _way switch { ProgressWay.Terminal => TerminalPeriod, ProgressWay.Json => JsonPeriod, ProgressWay.Plain => LogPeriod, _ => int.MaxValue };
        long now = _watch.ElapsedMilliseconds;
        if (_way == ProgressWay.None || (now - _shown < period && (!isEnd || _way == ProgressWay.Plain))) return false;
        _shown = now;
        return true;
    }

    private void Show(string text)
    {
        if (_way == ProgressWay.Plain) StandardStreams.WriteError(text);
        else StandardStreams.WriteErrorText("\r\e[K" + text);
        _isOpen = _way == ProgressWay.Terminal;
    }
}
