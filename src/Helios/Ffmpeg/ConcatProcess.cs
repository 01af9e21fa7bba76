using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>ffmpeg while it concatenates: receives its list of chunks by a pipe; its output is watched.</summary>
internal sealed class ConcatProcess : IDisposable
{
    private const int BytesPerMs = 10_000; // slowest rate at which the end of a file is written, when its index moves to the front

    private readonly FfmpegProgram _program;
    private readonly FfmpegProcess _ffmpeg;
    private readonly string? _output;
    private readonly Action<string> _warn;
    private readonly Action<long> _onFrame;
    private long _reported;
    private bool _hasOutput;

    /// <param name="program">ffmpeg.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="output">The file that it writes, or the directory of its files; null for one that cannot be removed.</param>
    /// <param name="bytes">Bytes that it has to copy; they extend the stall time-out.</param>
    /// <param name="warn">Receives one line for people.</param>
    /// <param name="onFrame">Called with the number of frames done, on the thread that waits.</param>
    internal ConcatProcess(
        FfmpegProgram program, IReadOnlyList<string> arguments, string? output, long bytes, Action<string> warn, Action<long> onFrame)
    {
        _program = program;
        _output = output;
        _warn = warn;
        _onFrame = onFrame;
        _ffmpeg = new FfmpegProcess(program, new FfmpegCommand
        {
            Arguments = arguments,
            Input = FfmpegInput.Text,
            Folder = Path.GetDirectoryName(output),
            Doing = static () => "while concatenating",
            StallTimeout = (int)Math.Min(int.MaxValue, Math.Max(program.StallTimeout, bytes / BytesPerMs)),
        });
    }

    /// <summary>Sends a piece of the list.</summary>
    /// <exception cref="HeliosException">69, 74, 75: ffmpeg failed or hangs; 130, 143: interrupted.</exception>
    internal void Write(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            while (bytes.Length > 0)
            {
                int count = _ffmpeg.Input.Write(bytes, _program.Slice);
                if (count > 0) bytes = bytes[count..];
                else Check();
            }
        }
        catch (ReaderGoneException)
        {
            throw _ffmpeg.OnInputClosed("does not read the list of chunks");
        }
    }

    /// <summary>Ends the list.</summary>
    internal void EndList() => _ffmpeg.Input.Dispose();

    /// <summary>Throws the first failure so far, and reports progress. Called often by the thread that waits.</summary>
    /// <exception cref="HeliosException">As <see cref="Write"/>.</exception>
    internal void Check()
    {
        _program.Interrupts.ThrowIfRequested();
        Report();
        if (_ffmpeg.HasFailed) CheckOutput(); // the removed output may be the cause
        _ffmpeg.Check();
    }

    /// <summary>ffmpeg waits for helios: its silence is no stall.</summary>
    internal void NoteIdle() => _ffmpeg.NoteSign();

    /// <summary>The error of an ffmpeg that has closed one of its inputs.</summary>
    /// <param name="what">Completes <c>ffmpeg …</c> for one that still runs.</param>
    internal HeliosException OnInputClosed(string what) => _ffmpeg.OnInputClosed(what);

    /// <summary>Waits until the file is complete.</summary>
    /// <exception cref="HeliosException">As <see cref="Write"/>.</exception>
    internal void Finish()
    {
        FfmpegEnd end = _ffmpeg.WaitForEnd(() =>
        {
            Check();
            CheckOutput();
        });
        Report();
        CheckOutput();
        _ffmpeg.ThrowIfFailed(end);
        if (_output is not null && !_hasOutput) throw _ffmpeg.Fail("has written nothing");
        if (end.Said.Length > 0) _warn("ffmpeg says: " + end.Said);
    }

    public void Dispose() => _ffmpeg.Dispose();

    private void Report()
    {
        long frames = _ffmpeg.Frames;
        if (frames == _reported) return;
        _reported = frames;
        _onFrame(frames);
    }

    /// <summary>Fails early when the output was removed: ffmpeg would continue to write a deleted file.</summary>
    private void CheckOutput()
    {
        if (_output is null || Path.Exists(_output)) _hasOutput = true;
        else if (_hasOutput || !Directory.Exists(Path.GetDirectoryName(_output))) throw AtomicFile.DirectoryGone(_output);
    }
}
