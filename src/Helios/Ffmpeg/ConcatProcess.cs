using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;

namespace Helios.Ffmpeg;

/// <summary>ffmpeg while it joins: fed with the list of chunks, watched, ended with us.</summary>
internal sealed class ConcatProcess : IDisposable
{
    private const int StallTimeout = 120_000; // ms without a frame
    private const int BytesPerMs = 10_000; // the end of a file may be written this slowly, when its index moves to the front
    private const int ReadTimeout = 10_000; // ms in which its last words are read after its end, on a busy machine
    private const int Slice = 100;

    private readonly string _path;
    private readonly string? _output;
    private readonly ChildProcess _process;
    private readonly PipeEnd _input;
    private readonly TailReader _errors;
    private readonly TailReader _lines;
    private readonly JoinProgress _progress;
    private readonly Interrupts _interrupts;
    private readonly Action<string> _warn;
    private readonly int _patience;
    private bool _isInputOpen = true;
    private bool _hasOutput;

    /// <param name="arguments">Its command line.</param>
    /// <param name="output">The file that it writes, or the directory of its files; null for one that nobody can remove.</param>
    /// <param name="bytes">What it has to copy: decides how long its silence is believed.</param>
    /// <param name="path">ffmpeg.</param>
    /// <param name="interrupts">Whether to go on.</param>
    /// <param name="warn">Receives one line for people.</param>
    /// <param name="onFrame">Called with the number of frames done.</param>
    internal ConcatProcess(IReadOnlyList<string> arguments, string? output, long bytes, string path, Interrupts interrupts, Action<string> warn, Action<long> onFrame)
    {
        _path = path;
        _output = output;
        _interrupts = interrupts;
        _warn = warn;
        _progress = new JoinProgress(onFrame);
        _patience = (int)Math.Min(int.MaxValue, Math.Max(StallTimeout, bytes / BytesPerMs));
        _process = ChildProcess.StartTied(_path, arguments, [new(0, IsOutput: false), new(1, IsOutput: true), new(2, IsOutput: true)]);
        _input = _process.Pipe(0);
        _lines = new TailReader(_process.Pipe(1), _progress.OnLine);
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
            throw _process.Wait(ReadTimeout) is int code ? Died(code) : Temporary("ffmpeg does not read the list of chunks");
        }
    }

    /// <summary>The list is complete.</summary>
    internal void EndList()
    {
        if (_isInputOpen) _input.Dispose();
        _isInputOpen = false;
    }

    /// <summary>Throws what went wrong so far, and passes on how far it is: the thread that waits for it calls this often.</summary>
    internal void Check()
    {
        _interrupts.ThrowIfRequested();
        _progress.Report();
        if (_process.TryGetExitCode() is int code and not 0)
        {
            CheckOutput(); // it may have died of that
            throw Died(code);
        }

        if (_progress.SilentMilliseconds < _patience) return;
        throw Temporary(string.Create(CultureInfo.InvariantCulture, $"ffmpeg did nothing for {_patience / 1000} s"));
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
        // it ends with 0 although the end of the file found no room: only its words say that
        if (!_lines.Join(ReadTimeout) || !_errors.Join(ReadTimeout)) throw Temporary("what ffmpeg says does not come to its end");
        _progress.Report();
        string said = _errors.Text;
        if (FfmpegEnd.IsDiskFull(0, said, Folder) || FfmpegEnd.IsIoError(0, said)) throw Died(0);
        if (_output is not null && !_hasOutput) throw Temporary("ffmpeg has written nothing");
        if (said.Length > 0) _warn("ffmpeg says: " + said);
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
        _lines.Dispose();
        _errors.Dispose();
        EndList();
        _process.Dispose();
    }

    private string? Folder => Path.GetDirectoryName(_output);

    private HeliosException Died(int code)
    {
        _ = _errors.Join(ReadTimeout);
        string text = _errors.Text;
        string what = string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with exit code {code} while joining{Said()}");
        if (FfmpegEnd.IsDiskFull(code, text, Folder))
            return new HeliosException(ExitCode.IoError, what, _path, "make room, then run it again", reason: Reason.DiskFull);
        if (FfmpegEnd.IsIoError(code, text)) return new HeliosException(ExitCode.IoError, what, _path, "check the disk, then run it again");
        if (FfmpegEnd.IsUnable(code, text)) return new HeliosException(ExitCode.Unavailable, what, _path, "install ffmpeg 5.1 or later");
        return new HeliosException(ExitCode.Temporary, what, _path, "run it again");
    }

    private HeliosException Temporary(string what) => new(ExitCode.Temporary, what + Said(), _path, "run it again");

    private string Said() => _errors.Text is { Length: > 0 } text ? ": " + text : "";
}
