using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// ffmpeg, fed with pictures, watched, ended with us. Its exit code does not say whether all frames arrived (a cut-off
/// stream exits with 0), so they are counted on both sides.
/// </summary>
internal sealed class Encoder : IDisposable
{
    private const int StallTimeout = 120_000; // ms without a byte taken or a frame finished: it hangs
    private const int ReadTimeout = 10_000; // ms in which its last words are read after its end, on a busy machine
    private const int Slice = 100;

    private readonly string _path;
    private readonly string _folder;
    private readonly Func<string> _findFrame;
    private readonly int _frameTimeout;
    private readonly ChildProcess _process;
    private readonly FrameWriter _feed;
    private readonly TailReader _errors;
    private readonly TailReader _progress;
    private readonly Interrupts _interrupts;
    private long _encoded;
    private long _lastFrame = Stopwatch.GetTimestamp();

    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">Where it writes.</param>
    /// <param name="stream">How it gets the pictures.</param>
    /// <param name="settings">Its path, the limit for a frame, whether to go on.</param>
    /// <param name="findFrame">The frame that is being captured, and its page.</param>
    /// <param name="before">The frame before the chunk, for the seam; null where there is none.</param>
    internal Encoder(IReadOnlyList<string> arguments, string folder, MatroskaFrameStream stream, (string Path, int FrameTimeout, Interrupts Interrupts) settings, Func<string> findFrame, CapturedFrame? before = null)
    {
        _path = settings.Path;
        _folder = folder;
        _frameTimeout = settings.FrameTimeout;
        _interrupts = settings.Interrupts;
        _findFrame = findFrame;
        _process = ChildProcess.StartTied(_path, arguments,
            [new(0, IsOutput: false, IsLarge: true), new(1, IsOutput: true), new(2, IsOutput: true)]);
        _progress = new TailReader(_process.Pipe(1), OnProgress);
        _errors = new TailReader(_process.Pipe(2));
        _feed = new FrameWriter(_process.Pipe(0), stream, before is not null);
        if (before is not null) _ = _feed.TryAdd(before); // the queue is empty
    }

    /// <summary>Digests of the frame before the chunk and of its last; after <see cref="Finish"/>.</summary>
    internal Seam Seam => new() { Before = _feed.Seam.Before, Last = _feed.Seam.Last };

    private string Where => $"{_findFrame()}, {_path}";

    /// <summary>Hands a picture over, or null for the one before once more; waits while the encoder is behind.</summary>
    /// <exception cref="HeliosException">69, 74, 75: the encoder died or hangs; 130, 143: interrupted.</exception>
    internal void Add(CapturedFrame? picture)
    {
        while (!_feed.TryAdd(picture)) Check();
    }

    /// <summary>Ends the stream and waits until the file is whole.</summary>
    /// <param name="frames">Frames that must be in it.</param>
    internal void Finish(long frames)
    {
        _feed.End();
        NoteFrame();
        int? code;
        while ((code = _process.Wait(Slice)) is null) Check(isFinishing: true);
        bool isHeard = _progress.Join(ReadTimeout) & _errors.Join(ReadTimeout);
        _feed.ThrowFailure();
        string said = _errors.Text;
        // it ends with 0 although the end of the file found no room: only its words say that
        if (code != 0 || FfmpegEnd.IsDiskFull(0, said, _folder) || FfmpegEnd.IsIoError(0, said)) throw Died(code.Value);
        if (!isHeard)
            throw new HeliosException(ExitCode.Temporary, "what the encoder says does not come to its end", Where, "run it again");
        long encoded = Interlocked.Read(ref _encoded);
        if (encoded == frames && _feed.Sent == frames) return;
        throw new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture, $"the encoder wrote {encoded} frames of {frames}{Said()}"),
            Where, "run it again");
    }

    /// <summary>Ends the encoder wherever it is.</summary>
    public void Dispose()
    {
        _feed.End();
        _process.Kill();
        _feed.Dispose();
        _progress.Dispose();
        _errors.Dispose();
        _process.Dispose();
    }

    /// <summary>Throws when waiting for the encoder is in vain. While no picture is there for it, its silence says nothing.</summary>
    /// <exception cref="HeliosException">As <see cref="Add"/>.</exception>
    internal void Check(bool isFinishing = false)
    {
        _interrupts.ThrowIfRequested();
        _feed.ThrowFailure();
        if (_feed.IsBroken && !isFinishing)
        {
            throw _process.Wait(ReadTimeout) is int code ? Died(code)
                : new HeliosException(ExitCode.Temporary, "the encoder reads no more" + Said(), Where, "run it again");
        }

        double sinceFrame = Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastFrame)).TotalMilliseconds;
        double silence = _feed.EncoderSilence > 0 ? Math.Min(_feed.EncoderSilence, sinceFrame) : isFinishing ? sinceFrame : 0;
        if (silence >= StallTimeout)
        {
            throw new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture, $"the encoder took nothing for {StallTimeout / 1000} s{Said()}"),
                Where, "run it again; if it stays, choose another codec or preset");
        }

        // whoever draws it is watched as long as something is asked of the page; a full queue asks nothing
        if (_feed.PageSilence < Math.Max(StallTimeout, _frameTimeout)) return;
        throw new HeliosException(ExitCode.Temporary, "the page does not finish a picture", Where, "run it again; if it stays, raise --timeout");
    }

    private HeliosException Died(int code)
    {
        _ = _errors.Join(ReadTimeout);
        string said = _errors.Text;
        string what = string.Create(CultureInfo.InvariantCulture, $"the encoder ended with exit code {code} after {_feed.Sent} frames{Said()}");
        if (FfmpegEnd.IsDiskFull(code, said, _folder))
            return new HeliosException(ExitCode.IoError, what, Where, "make room, then run it again", reason: Reason.DiskFull);
        if (FfmpegEnd.IsIoError(code, said)) return new HeliosException(ExitCode.IoError, what, Where, "check the disk, then run it again");
        bool isUnable = Interlocked.Read(ref _encoded) == 0 && FfmpegEnd.IsUnable(code, said);
        if (isUnable) return new HeliosException(ExitCode.Unavailable, what, Where, "install an ffmpeg that has the codec, version 5.1 or later, or plan the job with another codec or pixel format");
        return new HeliosException(ExitCode.Temporary, what, Where, "run it again");
    }

    private string Said() => _errors.Text is { Length: > 0 } text ? ": " + text : "";

    private void OnProgress(string line)
    {
        const string Name = "frame=";
        if (!line.StartsWith(Name, StringComparison.Ordinal) || !DecimalText.TryParseDigits(line.AsSpan(Name.Length).Trim(), out long frames)) return;
        if (Interlocked.Exchange(ref _encoded, frames) != frames) NoteFrame();
    }

    private void NoteFrame() => _ = Interlocked.Exchange(ref _lastFrame, Stopwatch.GetTimestamp());
}
