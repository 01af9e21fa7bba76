using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// Writes pictures into the encoder's pipe, on a thread of its own so that the browser draws the next frame meanwhile, and
/// knows whom the others wait for: the encoder, a picture that the page still draws, or nobody.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    private const int Slice = 100; // ms
    private const int MostRepeated = 15; // frames; until the next picture comes, the encoder does not know that it may go on

    private readonly PipeEnd _input;
    private readonly MatroskaFrameStream _stream;
    private readonly bool _hasBefore;
    private readonly FrameQueue _queue = new();
    private readonly Thread _writer;
    private long _sent;
    private long _lastMove = Stopwatch.GetTimestamp();
    private volatile bool _isWriting;
    private volatile bool _isDrawing;
    private volatile bool _isBroken;
    private volatile bool _isAbandoned;
    private volatile ExceptionDispatchInfo? _failure;

    /// <param name="input">Our end of the pipe; it is closed after the last picture.</param>
    /// <param name="stream">How the pictures are written.</param>
    /// <param name="hasBefore">Whether the first picture is that of the frame before the chunk, which is not written.</param>
    internal FrameWriter(PipeEnd input, MatroskaFrameStream stream, bool hasBefore = false)
    {
        _input = input;
        _stream = stream;
        _hasBefore = hasBefore;
        _writer = new Thread(WriteAll) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>Frames whose pictures were written to their end.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    /// <summary>Digests of the frame before the chunk and of the last one, as the encoder received them; valid once the stream has ended and was taken.</summary>
    internal (string? Before, string Last) Seam { get; private set; } = (null, "");

    /// <summary>Whether the encoder has closed its end before ours was.</summary>
    internal bool IsBroken => _isBroken;

    /// <summary>ms for which the encoder has not taken a byte of the picture that is there for it; 0 when none is.</summary>
    internal double EncoderSilence => _isWriting ? SinceMove : 0;

    /// <summary>ms for which the encoder has waited for a picture that the page still draws; 0 when it does not.</summary>
    internal double PageSilence => _isDrawing ? SinceMove : 0;

    private double SinceMove => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastMove)).TotalMilliseconds;

    /// <summary>Hands a picture over, or null for the one before once more; false when there was no room for it for a while.</summary>
    internal bool TryAdd(CapturedFrame? picture) => _queue.TryAdd(picture, Slice);

    /// <summary>No more pictures will come.</summary>
    internal void End() => _queue.End();

    /// <summary>Throws what went wrong on the writing thread, as it was thrown there.</summary>
    internal void ThrowFailure() => _failure?.Throw();

    /// <summary>Stops wherever it is; to be called when the encoder has ended.</summary>
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
                repeated = -1; // the chunk's first frame is written even where it is equal
            }

            for (; _queue.TryTake(out CapturedFrame? picture); _ = Interlocked.Increment(ref _sent))
            {
                repeated++;
                if (picture is not null)
                {
                    last?.Return();
                    last = picture;
                    ReadOnlySpan<byte> complete = Complete(picture);
                    if (!complete.IsEmpty)
                    {
                        bytes = complete;
                        repeated = 0;
                    }
                }

                if (repeated % MostRepeated == 0) WritePicture(bytes, _sent);
            }

            if (repeated % MostRepeated != 0) WritePicture(bytes, _sent - 1); // says how long it stays
            Seam = (Seam.Before, DigestOf(bytes));
        }
        catch (ReaderGoneException)
        {
            _isBroken = true;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error); // on this thread it would end the process
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

    private ReadOnlySpan<byte> Complete(CapturedFrame picture)
    {
        Move();
        _isDrawing = true;
        ReadOnlySpan<byte> bytes = picture.Complete(() => _isAbandoned);
        _isDrawing = false;
        return bytes;
    }

    private void WritePicture(ReadOnlySpan<byte> bytes, long frame)
    {
        Move();
        _isWriting = true;
        Write(_stream.MakePictureHeader(bytes.Length, frame));
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
