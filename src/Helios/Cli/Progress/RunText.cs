using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Os;
using Helios.Plan;
using Helios.Run;

namespace Helios.Cli.Progress;

/// <summary>Shows a run to people: one bar on a terminal, a line every few seconds in a log, and the summary at its end.</summary>
internal sealed class RunText(ProgressWay way, bool isQuiet) : RunWatcher
{
    private const int LogPeriod = 5000; // ms
    private const int BarPeriod = 200;
    private const int BarWidth = 20;

    private long _shown = Stopwatch.GetTimestamp();
    private bool _isOpen;

    internal override void OnStart(RunStatus status)
    {
        if (status.ReusedChunks == 0) return;
        Tell(string.Create(CultureInfo.InvariantCulture, $"{status.ReusedChunks} of {JobPlan.Count(status.TotalChunks, "chunk")} {(status.TotalChunks == 1 ? "is" : "are")} complete already"));
    }

    internal override void OnTick(RunStatus status)
    {
        Draw(Bar(status) + Describe(status));
        if (way == ProgressWay.Plain && Stopwatch.GetElapsedTime(_shown).TotalMilliseconds >= LogPeriod)
        {
            _shown = Stopwatch.GetTimestamp();
            StandardStreams.WriteError(Describe(status));
        }
    }

    internal override void OnRetry(int chunk, int attempt, HeliosException error, int delayMs) => Tell(string.Create(CultureInfo.InvariantCulture,
        $"chunk {chunk}: attempt {attempt} failed: {ErrorText.OneLine(error.What)} ({ErrorText.OneLine(error.Where)}); again in {delayMs / 1000} s"));

    internal override void OnWarning(string text)
    {
        Close();
        StandardStreams.WriteError(ErrorText.OneLine(text));
    }

    internal override void OnMerge(RunStatus status) => Draw(string.Create(CultureInfo.InvariantCulture, $"merging {JobPlan.Count(status.TotalChunks, "chunk")}"));

    internal override void OnMergeTick(RunStatus status)
    {
        if (Stopwatch.GetElapsedTime(_shown).TotalMilliseconds < (way == ProgressWay.Plain ? LogPeriod : BarPeriod)) return;
        _shown = Stopwatch.GetTimestamp();
        string line = string.Create(CultureInfo.InvariantCulture, $"merging: {status.MergedFrames}/{status.TotalFrames} frames");
        Draw(line);
        if (way == ProgressWay.Plain) StandardStreams.WriteError(line);
    }

    internal override void OnFinish(RunStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{JobPlan.Count(status.TotalFrames, "frame")} in {status.Seconds:0.0} s");
        if (status.FinishedChunks > 0)
            text.Append(CultureInfo.InvariantCulture, $" ({status.Rate:0.0} fps, {JobPlan.Count(status.TotalChunks, "chunk")}, {Workers(status.Workers)}{Retries(status)})");
        text.Append(" → ").Append(ErrorText.OneLine(status.Output));
        Tell(text.ToString());
        if (status.FinishedChunks == 0) return;

        text.Clear();
        long encode = status.WorkerTime - status.LoadTime - status.PrerollTime - status.CaptureTime;
        text.Append(CultureInfo.InvariantCulture, $"  browser start {Share(status, status.LoadTime)}, pre-roll {Share(status, status.PrerollTime)}, ");
        text.Append(CultureInfo.InvariantCulture, $"capture {Share(status, status.CaptureTime)}, encode {Share(status, encode)} of the workers' time");
        if (status.MergeSeconds > 0) text.Append(CultureInfo.InvariantCulture, $"; merge {status.MergeSeconds:0.0} s");
        if (status.FinishedChunks > 1)
        {
            text.Append("\n  slowest:");
            string separator = " ";
            foreach (var (chunk, milliseconds) in status.Slowest)
            {
                text.Append(CultureInfo.InvariantCulture, $"{separator}chunk {chunk} {milliseconds / 1000.0:0.0} s");
                separator = ", ";
            }
        }

        Tell(text.ToString());
    }

    internal override void OnError(HeliosException error) => Close();

    private static string Bar(RunStatus status)
    {
        int full = (int)(BarWidth * status.DoneFrames / status.TotalFrames);
        return $"[{new string('#', full)}{new string('.', BarWidth - full)}] ";
    }

    /// <summary><c>34/60 frames, 12.1 fps, 2 s left, 2 workers, 1 retry</c>.</summary>
    private static string Describe(RunStatus status)
    {
        string left = status.SecondsLeft is double seconds ? string.Create(CultureInfo.InvariantCulture, $", {status.Rate:0.0} fps, {ToTime(seconds)} left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{status.DoneFrames}/{status.TotalFrames} frames{left}, {Workers(status.RunningWorkers)}{Retries(status)}");
    }

    /// <summary><c>42 s</c>, <c>3:05</c>, <c>1:00:05</c>.</summary>
    private static string ToTime(double seconds)
    {
        long whole = (long)Math.Min(Math.Ceiling(seconds), 1e9);
        if (whole < 60) return string.Create(CultureInfo.InvariantCulture, $"{whole} s");
        string end = string.Create(CultureInfo.InvariantCulture, $":{whole % 60:00}");
        return whole < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60}{end}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}{end}");
    }

    private static string Share(RunStatus status, long milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * milliseconds / Math.Max(1, status.WorkerTime):0} %");

    private static string Workers(int count) => JobPlan.Count(count, "worker");

    private static string Retries(RunStatus status) => status.Retries switch
    {
        0 => "",
        1 => ", 1 retry",
        _ => string.Create(CultureInfo.InvariantCulture, $", {status.Retries} retries"),
    };

    private void Draw(string line)
    {
        if (way != ProgressWay.Terminal) return;
        StandardStreams.WriteErrorText("\r\e[K" + line);
        _isOpen = true;
    }

    private void Tell(string text)
    {
        Close();
        if (!isQuiet) StandardStreams.WriteError(text);
    }

    private void Close()
    {
        if (_isOpen) StandardStreams.WriteErrorText("\r\e[K");
        _isOpen = false;
    }
}
