using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Os;

namespace Helios.Cli;

/// <summary>
/// Progress of one chunk on stderr: a line that is drawn over on a terminal, a plain line every few seconds in a log, or
/// one JSON object a line.
/// </summary>
internal sealed class ProgressLine
{
    private const int TerminalPeriod = 100; // ms
    private const int LogPeriod = 5000;
    private const int JsonPeriod = 500;
    private const int Merge = -1; // in place of a chunk's id

    private readonly string _way;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _total;
    private int _chunk;
    private long _shown;
    private long _started;
    private bool _isOpen;

    /// <exception cref="HeliosException">64: there is no such way.</exception>
    internal ProgressLine(string? way, bool isQuiet)
    {
        _way = (isQuiet ? "none" : way ?? "auto") switch
        {
            "auto" => StandardStreams.IsErrorTerminal ? "terminal" : "plain",
            "json" or "plain" or "none" => way ?? "none",
            _ => throw ExportArguments.Wrong("--progress", way!, "a way to show progress" + NearestName.Hint(way!, ["auto", "json", "plain", "none"]), "use auto, json, plain or none"),
        };
        if (isQuiet) _way = "none";
    }

    internal void Begin(int chunk, long frames)
    {
        (_chunk, _total, _shown) = (chunk, frames, _watch.ElapsedMilliseconds);
        _started = _shown;
    }

    /// <summary>The same for a merge.</summary>
    internal void BeginMerge(long frames) => Begin(Merge, frames);

    internal void Report(long done)
    {
        long now = _watch.ElapsedMilliseconds;
        int period = _way switch { "terminal" => TerminalPeriod, "json" => JsonPeriod, "plain" => LogPeriod, _ => int.MaxValue };
        if (_way == "none" || (now - _shown < period && (done != _total || _way == "plain"))) return;
        _shown = now;
        double rate = done * 1000.0 / Math.Max(1, now - _started);
        double left = (_total - done) / Math.Max(0.001, rate);
        if (_way == "json")
        {
            StandardStreams.WriteError(string.Create(CultureInfo.InvariantCulture,
                $"{{\"event\":{(_chunk == Merge ? "\"merge\"" : "\"progress\",\"chunk\":" + _chunk.ToString(CultureInfo.InvariantCulture))},\"frames\":{done},\"totalFrames\":{_total},\"fps\":{rate:0.00},\"secondsLeft\":{left:0.0}}}"));
            return;
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"{(_chunk == Merge ? "merge" : "chunk " + _chunk.ToString(CultureInfo.InvariantCulture))}: {done}/{_total} frames, {rate:0.0} fps, {left:0} s left");
        if (_way == "plain") StandardStreams.WriteError(text);
        else StandardStreams.WriteErrorText("\r\e[K" + text);
        _isOpen = _way == "terminal";
    }

    /// <summary>A line for people, below the progress so far.</summary>
    internal void Warn(string line)
    {
        Close();
        StandardStreams.WriteError(ErrorText.OneLine(line));
    }

    /// <summary>Removes the line that is drawn over.</summary>
    internal void Close()
    {
        if (_isOpen) StandardStreams.WriteErrorText("\r\e[K");
        _isOpen = false;
    }
}
