using System;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Plan;

namespace Helios.Progress;

/// <summary>The numbers of a run in words.</summary>
internal static class RunText
{
    private const int BarWidth = 20;

    /// <summary><c>2 of 4 chunks are complete already</c>.</summary>
    internal static string DescribeReused(RunStatus status) => string.Create(CultureInfo.InvariantCulture,
        $"{status.ReusedChunks} of {JobPlan.Count(status.TotalChunks, status.Unit)} {(status.TotalChunks == 1 ? "is" : "are")} complete "
            + $"already");

    /// <summary><c>[####................] </c>.</summary>
    internal static string Bar(RunStatus status)
    {
        int full = (int)(BarWidth * status.DoneFrames / status.TotalFrames);
        return $"[{new string('#', full)}{new string('.', BarWidth - full)}] ";
    }

    /// <summary><c>34/60 frames, 12.1 fps, 2 s left, 2 workers, 1 retry</c>.</summary>
    internal static string Describe(RunStatus status)
    {
        string left = status.SecondsLeft is double seconds
            ? string.Create(CultureInfo.InvariantCulture, $", {status.Rate:0.0} fps, {ToTime(seconds)} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{status.DoneFrames}/{status.TotalFrames} frames{left}, {Workers(status.RunningWorkers)}{Retries(status)}");
    }

    /// <summary>Summary of a run: one line, and the distribution of time when something was rendered.</summary>
    internal static string Summarize(RunStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{JobPlan.Count(status.TotalFrames, "frame")} in {status.Seconds:0.0} s");
        if (status.FinishedChunks > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $" ({status.Rate:0.0} fps, {JobPlan.Count(status.TotalChunks, status.Unit)}, {Workers(status.Workers)}{Retries(status)})");
        }

        text.Append(" → ").Append(ErrorText.OneLine(status.Output));
        if (status.FinishedChunks == 0) return text.ToString();

        long encode = status.WorkerTime - status.LoadTime - status.PrerollTime - status.CaptureTime;
        text.Append(CultureInfo.InvariantCulture,
            $"\n  browser start {Share(status, status.LoadTime)}, pre-roll {Share(status, status.PrerollTime)}, ");
        text.Append(CultureInfo.InvariantCulture,
            $"capture {Share(status, status.CaptureTime)}, encode {Share(status, encode)} of the workers' time");
        if (status.MergeSeconds > 0) text.Append(CultureInfo.InvariantCulture, $"; merge {status.MergeSeconds:0.0} s");
        if (status.FinishedChunks == 1) return text.ToString();

        text.Append("\n  slowest:");
        string separator = " ";
        foreach (var (chunk, milliseconds) in status.Slowest)
        {
            text.Append(CultureInfo.InvariantCulture, $"{separator}{status.Unit} {chunk} {milliseconds / 1000.0:0.0} s");
            separator = ", ";
        }

        return text.ToString();
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
}
