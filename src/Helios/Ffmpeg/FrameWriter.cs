using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// Writes frames into the encoder's pipe, on its own thread so that the browser draws the next frame meanwhile. Knows the cause
/// of a wait: the encoder, a frame that the page still draws, or neither.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    private const int Slice = 100; // ms
    private const int MostRepeated = 15; // frames; until the next one comes, the encoder cannot continue

    private readonly PipeEnd _input;
    private readonly MatroskaFrameStream _stream;
    private readonly bool _hasBefore;
    private readonly FrameQueue _queue = new();
    private readonly Thread _writer;
    private long _sent;
    private long _lastMove = Stopwatch.GetTimestamp();
    private volatile bool _isWriting;
    private volatile bool _isDrawing;
    private volatile bool _keepsLast;
    private volatile bool _isBroken;
    private volatile bool _isAbandoned;
    private volatile ExceptionDispatchInfo? _failure;

    /// <param name="input">Our end of the pipe; it is closed after the last frame.</param>
    /// <param name="stream">The format of the stream.</param>
    /// <param name="hasBefore">Whether the first frame is the one before the chunk, which is not written.</param>
    internal FrameWriter(PipeEnd input, MatroskaFrameStream stream, bool hasBefore = false)
    {
        _input = input;
        _stream = stream;
        _hasBefore = hasBefore;
        _writer = new Thread(WriteAll) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>Frames that were written completely.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    /// <summary>
    /// Digests of the frame before the chunk and of the last one, as the encoder received them;
    /// valid once the stream has ended and was read.
    /// </summary>
    internal (string? Before, string Last) Seam { get; private set; } = (null, "");

    /// <summary>Whether the last frame is kept; set before <see cref="End"/>.</summary>
    internal bool KeepsLast
    {
        get => _keepsLast;
        set => _keepsLast = value;
    }

    /// <summary>The last frame, as the encoder received it, if it was to be kept; valid like <see cref="Seam"/>.</summary>
    internal byte[] Last { get; private set; } = [];

    /// <summary>Whether the encoder closed its end first.</summary>
    internal bool IsBroken => _isBroken;

    /// <summary>ms for which the encoder has not read a byte of the frame that is ready for it; 0 when none is.</summary>
    internal double EncoderSilence => _isWriting ? SinceMove : 0;

    /// <summary>ms for which the encoder has waited for a frame that the page still draws; 0 when it does not wait.</summary>
    internal double PageSilence => _isDrawing ? SinceMove : 0;

    private double SinceMove => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastMove)).TotalMilliseconds;

    /// <summary>Hands a frame over, or null to repeat the previous one; false when the queue stayed full for a slice of time.</summary>
    internal bool TryAdd(CapturedFrame? frame) => _queue.TryAdd(frame, Slice);

    /// <summary>Marks the end of the frames.</summary>
    internal void End() => _queue.End();

    /// <summary>Rethrows the failure of the writing thread.</summary>
    internal void ThrowFailure() => _failure?.Throw();

    /// <summary>Stops in any state; call it when the encoder has ended.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        _queue.End();
        _ = _writer.Join(2000);
        _input.Dispose();
    }

    private void WriteAll()
    {
        try
        {
            Write(_stream.Header);
            CapturedFrame? last = null;
            ReadOnlySpan<byte> bytes = default;
            int repeated = 0;
            if (_hasBefore && _queue.TryTake(out last) && last is not null)
            {
                bytes = Complete(last);
                Seam = (DigestOf(bytes), "");
                repeated = -1; // the chunk's first frame is written even when it is unchanged
            }

            for (; _queue.TryTake(out CapturedFrame? frame); _ = Interlocked.Increment(ref _sent))
            {
                repeated++;
                if (frame is not null)
                {
                    last?.Return();
                    last = frame;
                    ReadOnlySpan<byte> complete = Complete(frame);
                    if (!complete.IsEmpty)
                    {
                        bytes = complete;
                        repeated = 0;
                    }
                }

                if (repeated % MostRepeated == 0) WriteFrame(bytes, _sent);
            }

            if (repeated % MostRepeated != 0) WriteFrame(bytes, _sent - 1); // its timestamp tells how long the frame stays
            Seam = (Seam.Before, DigestOf(bytes));
            if (_keepsLast) Last = bytes.ToArray();
        }
        catch (ReaderGoneException)
        {
            _isBroken = true;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error); // unhandled on this thread it would end the process
        }

        _queue.End();
        _input.Dispose();
    }

    private static string DigestOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha256();
        hash.Append(bytes);
        return "sha256:" + hash.Finish();
    }

    private ReadOnlySpan<byte> Complete(CapturedFrame frame)
    {
        Move();
        _isDrawing = true;
        ReadOnlySpan<byte> bytes = frame.Complete(() => _isAbandoned);
        _isDrawing = false;
        return bytes;
    }

    private void WriteFrame(ReadOnlySpan<byte> bytes, long number)
    {
        Move();
        _isWriting = true;
        Write(_stream.MakeFrameHeader(bytes.Length, number));
        Write(bytes);
        _isWriting = false;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_isAbandoned) throw new ReaderGoneException();
            int count = _input.Write(bytes, Slice);
            if (count <= 0) continue;
            bytes = bytes[count..];
            Move();
        }
    }

    private void Move() => _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
}
