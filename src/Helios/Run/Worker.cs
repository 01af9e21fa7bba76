using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Progress;
using Helios.Text;

namespace Helios.Run;

/// <summary>
/// A process of this program that renders chunks, one after the other, and its output: events of <c>--progress json</c>, and text if it
/// fails before it reads that option.
/// </summary>
internal sealed class Worker : IDisposable
{
    private const int LongestLine = 64 * 1024;
    private const int LongestText = 4096;
    private const string Prefix = "helios: ";

    private readonly ChildProcess _process;
    private readonly LineSplitter _lines;
    private readonly Action<string> _warn;
    private readonly string _unit;
    private long _lastSign = Stopwatch.GetTimestamp();
    private HeliosException? _error;
    private string _text = "";

    /// <param name="process">Its first pipe is its stderr, its second its stdin.</param>
    /// <param name="warn">Receives its warnings.</param>
    /// <param name="unit">What it renders, a chunk or a row.</param>
    internal Worker(ChildProcess process, Action<string> warn, string unit)
    {
        _process = process;
        _unit = unit;
        _warn = warn;
        _lines = new LineSplitter(OnLine, LongestLine);
    }

    /// <summary>Id of the chunk that it renders; null when it has none.</summary>
    internal int? Chunk { get; private set; }

    /// <summary>From 1.</summary>
    internal int Attempt { get; private set; }

    /// <summary>Whether the chunk is complete.</summary>
    internal bool IsFinished { get; private set; }

    /// <summary>Frames of the chunk that are captured so far.</summary>
    internal long Frames { get; private set; }

    /// <summary>Whether it has rendered a frame.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>Size of the chunk file, once it is complete.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Distribution of its time, once the chunk is complete.</summary>
    internal ReceiptTimings Timings { get; private set; } = new() { LoadMs = 0, PrerollMs = 0, CaptureMs = 0, TotalMs = 0 };

    /// <summary>The read end of its stderr: it ends when the worker does.</summary>
    internal PipeEnd Output => _process.Pipe(0);

    internal bool HasOutputEnded { get; private set; }

    /// <summary>Time since its last output.</summary>
    internal double SilentMilliseconds => Stopwatch.GetElapsedTime(_lastSign).TotalMilliseconds;

    /// <param name="settings">Settings of the run.</param>
    /// <param name="temporary">Its directory for temporary files.</param>
    /// <param name="warn">Receives its warnings.</param>
    internal static Worker Start(RunSettings settings, string temporary, Action<string> warn)
    {
        List<string> words =
        [
            "render-chunk", settings.JobFile, "--index", "-", "--progress", "json", .. settings.WorkerOptions,
        ];
        if (!settings.IsInStore) words.AddRange(["--workdir", settings.Directory]);
        if (settings.FrameFolder is string folder) words.AddRange(["--frames-to", folder]);
        else words.Add("--force"); // the run knows which chunks are complete, and reports why others are not
        ChildPipe[] pipes = [new(2, IsOutput: true), new(0, IsOutput: false)];
        return new Worker(ChildProcess.StartSelf(words, pipes, "TMPDIR=" + temporary), warn, settings.Progress.Unit);
    }

    /// <summary>Lets it render a chunk.</summary>
    /// <param name="chunk">Id of the chunk.</param>
    /// <param name="attempt">From 1.</param>
    internal void Assign(int chunk, int attempt)
    {
        (Chunk, Attempt, IsFinished, Frames) = (chunk, attempt, false, 0);
        _lastSign = Stopwatch.GetTimestamp();
        try
        {
            _ = _process.Pipe(1).Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chunk}\n")), 0);
        }
        catch (ReaderGoneException)
        {
            // it has ended, which its exit code tells
        }
    }

    /// <summary>Lets it end: there is no chunk for it.</summary>
    internal void Finish()
    {
        (Chunk, Frames) = (null, 0);
        _process.Pipe(1).Dispose();
    }

    /// <summary>Reads its output; never blocks.</summary>
    internal void ReadOutput()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (!HasOutputEnded)
        {
            int count = Output.Read(buffer, 0);
            if (count < 0) return;
            _lastSign = Stopwatch.GetTimestamp();
            HasOutputEnded = count == 0;
            _lines.Add(buffer[..count]);
        }

        _lines.Finish();
    }

    internal void Terminate() => _process.Terminate();

    /// <summary>Its exit code if it ends in time, 128 + n for signal n; otherwise null.</summary>
    internal int? Wait(int milliseconds) => _process.Wait(milliseconds);

    /// <summary>Why it ended with a non-zero code.</summary>
    internal HeliosException ToError(int code)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"{_unit} {Chunk}");
        if (_error is not null && (int)_error.Code == code)
            return new(_error.Code, _error.What, $"{where}, {_error.Where}", _error.Fix, _error);
        if (_text.Length > 0 && ExitCodes.Find(code) is { } known) return new(known.Code, _text, where, "see above");
        string said = _text.Length > 0 ? ": " + _text : "";
        string what = code > 128
            ? string.Create(CultureInfo.InvariantCulture, $"the worker was killed by signal {code - 128}{said}")
            : string.Create(CultureInfo.InvariantCulture, $"the worker ended with exit code {code}{said}");
        return new(ExitCode.Temporary, what, where,
            code == 128 + Libc.Kill ? "if it was not killed on purpose, memory ran out: use fewer --workers" : "run it again");
    }

    public void Dispose() => _process.Dispose();

    private void OnLine(string line)
    {
        try
        {
            if (line.StartsWith('{')) Note(JsonProgressReader.Read(line));
            else _text = ErrorText.Shorten(line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : line, LongestText);
        }
        catch (JsonException)
        {
            _text = ErrorText.Shorten(line); // truncated, or not an event: text for people; the exit code determines the rest
        }
    }

    private void Note(ProgressEvent? happened)
    {
        switch (happened)
        {
            case ChunkAdvanced said:
                Frames = said.Frames;
                HasBegun |= Frames > 0;
                break;
            case ChunkFinished said:
                (Frames, Bytes, Timings, IsFinished) = (said.Frames, said.Bytes, said.Timings, true);
                break;
            case Warned said:
                _warn(said.Text);
                break;
            case Failed said:
                _error = said.Error;
                break;
        }
    }
}
