using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>ffmpeg while it joins: fed with the list of chunks, watched, ended with us.</summary>
internal sealed class Joiner : IDisposable
{
    private const int StallTimeout = 120_000; // ms without a frame
    private const int BytesPerMs = 10_000; // the end of a file may be written this slowly, when its index moves to the front
    private const int Slice = 100;

    private readonly string _path;
    private readonly string? _output;
    private readonly ChildProcess _process;
    private readonly PipeEnd _input;
    private readonly TailReader _errors;
    private readonly TailReader _progress;
    private readonly Interrupts _interrupts;
    private readonly Action<string> _warn;
    private readonly Action<long> _onFrame;
    private readonly int _patience;
    private long _frames;
    private string _time = "";
    private long _lastMove = Stopwatch.GetTimestamp();
    private bool _isInputOpen = true;
    private bool _hasOutput;

    /// <param name="arguments">Its command line.</param>
    /// <param name="output">The file that it writes, or the directory of its files; null for one that nobody can remove.</param>
    /// <param name="bytes">What it has to copy: decides how long its silence is believed.</param>
    /// <param name="settings">Whether to go on, whom to tell.</param>
    internal Joiner(IReadOnlyList<string> arguments, string? output, long bytes, MergeSettings settings)
    {
        _path = settings.EncoderPath;
        _output = output;
        _interrupts = settings.Interrupts;
        _warn = settings.Warn;
        _onFrame = settings.OnFrame;
        _patience = (int)Math.Min(int.MaxValue, Math.Max(StallTimeout, bytes / BytesPerMs));
        _process = ChildProcess.StartTied(_path, arguments, [new(0, IsOutput: false), new(1, IsOutput: true), new(2, IsOutput: true)]);
        _input = _process.Pipe(0);
        _progress = new TailReader(_process.Pipe(1), OnProgress);
        _errors = new TailReader(_process.Pipe(2));
    }

    /// <summary>Hands a piece of the list over.</summary>
    /// <exception cref="HeliosException">ffmpeg died or hangs; 130, 143: interrupted.</exception>
    internal void Write(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            while (bytes.Length > 0)
            {
                int count = _input.Write(bytes, Slice);
                if (count > 0) bytes = bytes[count..];
                else Check();
            }
        }
        catch (ReaderGoneException)
        {
            throw Died(_process.Wait(2000) ?? 0);
        }
    }

    /// <summary>The list is complete.</summary>
    internal void EndList()
    {
        if (_isInputOpen) _input.Dispose();
        _isInputOpen = false;
    }

    /// <summary>Throws what went wrong so far.</summary>
    internal void Check()
    {
        _interrupts.ThrowIfRequested();
        if (_process.TryGetExitCode() is int code and not 0)
        {
            CheckOutput(); // it may have died of that
            throw Died(code);
        }

        if (Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastMove)).TotalMilliseconds < _patience) return;
        throw new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture, $"ffmpeg did nothing for {_patience / 1000} s{Said()}"), _path, "run it again");
    }

    /// <summary>Waits until the file is whole.</summary>
    internal void Finish()
    {
        while (_process.Wait(Slice) is null)
        {
            Check();
            CheckOutput();
        }

        Check();
        CheckOutput();
        _progress.Join(2000);
        if (_errors.Text is not { Length: > 0 } text) return;
        if (IsFull(text)) throw Died(0); // while it writes the index, ffmpeg says so but ends with 0
        _warn("ffmpeg says: " + text);
    }

    /// <summary>A file that was removed is written to its end all the same, for nothing.</summary>
    private void CheckOutput()
    {
        if (_output is null || Path.Exists(_output)) _hasOutput = true;
        else if (_hasOutput || !Directory.Exists(Path.GetDirectoryName(_output))) throw AtomicFile.DirectoryGone(_output);
    }

    public void Dispose()
    {
        _process.Kill();
        _progress.Dispose();
        _errors.Dispose();
        EndList();
        _process.Dispose();
    }

    private HeliosException Died(int code)
    {
        string said = Said();
        string what = string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with exit code {code} while joining{said}");
        if (IsFull(said)) return new HeliosException(ExitCode.IoError, what, _path, "make room, then run it again");
        if (said.Contains("Unrecognized option", StringComparison.Ordinal) || said.Contains("Unknown encoder", StringComparison.Ordinal))
            return new HeliosException(ExitCode.Unavailable, what, _path, "install ffmpeg 5.1 or later");
        return new HeliosException(ExitCode.Temporary, what, _path, "run it again");
    }

    private static bool IsFull(string said) => said.Contains("No space left", StringComparison.Ordinal);

    private string Said() => _errors.Text is { Length: > 0 } text ? ": " + text : "";

    private void OnProgress(string line)
    {
        const string Name = "frame=";
        if (line.StartsWith("out_time=", StringComparison.Ordinal) && line != _time)
        {
            _time = line; // sound may take longer than the picture
            _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
        }

        if (!line.StartsWith(Name, StringComparison.Ordinal) || !DecimalText.TryParseDigits(line.AsSpan(Name.Length).Trim(), out long frames)) return;
        if (frames == _frames) return;
        _frames = frames;
        _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
        _onFrame(frames);
    }
}
