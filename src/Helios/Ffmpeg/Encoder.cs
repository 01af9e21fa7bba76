using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Ffmpeg;

/// <summary>
/// ffmpeg as the encoder of a chunk, fed by a <see cref="FrameWriter"/>. Its exit code does not tell whether all frames arrived
/// (a cut-off stream exits with 0), so both sides count them.
/// </summary>
internal sealed class Encoder : IDisposable
{
    private readonly FfmpegProgram _program;
    private readonly FfmpegProcess _ffmpeg;
    private readonly FrameWriter _writer;
    private readonly Func<string> _findFrame;
    private readonly int _frameTimeout;

    /// <param name="program">ffmpeg.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">The directory that it writes to.</param>
    /// <param name="stream">The format of the stream.</param>
    /// <param name="frameTimeout">The limit for drawing a frame, ms.</param>
    /// <param name="findFrame">Names the frame that is being captured, and its page.</param>
    /// <param name="before">The frame before the chunk, for the seam; null where there is none.</param>
    internal Encoder(FfmpegProgram program, IReadOnlyList<string> arguments, string folder, MatroskaFrameStream stream, int frameTimeout,
        Func<string> findFrame, CapturedFrame? before = null)
    {
        _program = program;
        _frameTimeout = frameTimeout;
        _findFrame = findFrame;
        _ffmpeg = new FfmpegProcess(program, new FfmpegCommand
        {
            Arguments = arguments,
            Input = FfmpegInput.Frames,
            Folder = folder,
            Where = () => Where,
            Name = "the encoder",
            Idle = "took nothing",
            Doing = () => string.Create(CultureInfo.InvariantCulture, $"after {_writer!.Sent} frames"),
            StallFix = "run it again; if it happens again, choose another codec or preset",
            UnableFix = "install an ffmpeg that has the codec, version 5.1 or later, or plan the job with another codec or pixel format",
        });
        _writer = new FrameWriter(_ffmpeg.Input, stream, before is not null);
        if (before is not null) _ = _writer.TryAdd(before); // the queue is empty
    }

    /// <summary>Digests of the frame before the chunk and of its last; after <see cref="Finish"/>.</summary>
    internal Seam Seam => new() { Before = _writer.Seam.Before, Last = _writer.Seam.Last };

    /// <summary>Whether the last frame is kept.</summary>
    internal bool KeepsLast
    {
        init => _writer.KeepsLast = value;
    }

    /// <summary>The last frame, as it was received, if it was to be kept; after <see cref="Finish"/>.</summary>
    internal byte[] Last => _writer.Last;

    private string Where => $"{_findFrame()}, {_program.Path}";

    /// <summary>Hands a frame over, or null to repeat the previous one; waits while the encoder is behind.</summary>
    /// <exception cref="HeliosException">69, 74, 75: the encoder failed or hangs; 130, 143: interrupted.</exception>
    internal void Add(CapturedFrame? frame)
    {
        while (!_writer.TryAdd(frame)) Check();
    }

    /// <summary>Ends the stream, so that the encoder finishes the file by itself; <see cref="Finish"/> still has to wait for it.</summary>
    internal void End() => _writer.End();

    /// <summary>Ends the stream and waits until the file is complete.</summary>
    /// <param name="frames">Frames that must be in it.</param>
    /// <exception cref="HeliosException">As <see cref="Add"/>.</exception>
    internal void Finish(long frames)
    {
        _writer.End();
        _ffmpeg.NoteSign();
        FfmpegEnd end = _ffmpeg.WaitForEnd(() => Check(isFinishing: true));
        _writer.ThrowFailure();
        _ffmpeg.ThrowIfFailed(end);
        if (_ffmpeg.Frames == frames && _writer.Sent == frames) return;
        throw _ffmpeg.Fail(string.Create(CultureInfo.InvariantCulture, $"wrote {_ffmpeg.Frames} frames of {frames}"));
    }

    /// <summary>Kills the encoder in any state.</summary>
    public void Dispose()
    {
        _writer.End();
        _ffmpeg.Kill();
        _writer.Dispose();
        _ffmpeg.Dispose();
    }

    /// <summary>Throws when waiting is pointless. Silence counts only while the encoder has a frame to read.</summary>
    /// <exception cref="HeliosException">As <see cref="Add"/>.</exception>
    internal void Check(bool isFinishing = false)
    {
        _program.Interrupts.ThrowIfRequested();
        _writer.ThrowFailure();
        if (_writer.IsBroken && !isFinishing) throw _ffmpeg.OnInputClosed("reads no more");
        double sinceFrame = _ffmpeg.SilentMilliseconds;
        _ffmpeg.Check(_writer.EncoderSilence > 0 ? Math.Min(_writer.EncoderSilence, sinceFrame) : isFinishing ? sinceFrame : 0);

        // drawing is watched while the page has work; with a full queue it has none
        if (_writer.PageSilence < Math.Max(_program.StallTimeout, _frameTimeout)) return;
        throw new HeliosException(
            ExitCode.Temporary, "the page does not finish a frame", Where, "run it again; if it happens again, raise --timeout");
    }
}
