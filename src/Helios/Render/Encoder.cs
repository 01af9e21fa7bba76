using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Render;

/// <summary>
/// ffmpeg, fed with pictures on a thread of its own so that the browser draws the next frame meanwhile. Its exit code
/// does not say whether all frames arrived (a cut-off stream exits with 0), so they are counted on both sides.
/// </summary>
internal sealed class Encoder : IDisposable
{
    private const int StallTimeout = 120_000; // ms without a byte taken or a frame finished: it hangs
    private const int Slice = 100;
    private const string DiskFull = "No space left";

    private readonly string _path;
    private readonly ChildProcess _process;
    private readonly PipeEnd _input;
    private readonly TailReader _errors;
    private readonly TailReader _progress;
    private readonly Interrupts _interrupts;
    private readonly PictureQueue _queue = new();
    private readonly Thread _writer;
    private long _encoded;
    private long _sent;
    private long _lastMove = Stopwatch.GetTimestamp();
    private volatile bool _isBroken;
    private volatile bool _isAbandoned;

    internal Encoder(string path, IReadOnlyList<string> arguments, Interrupts interrupts)
    {
        _path = path;
        _interrupts = interrupts;
        _process = ChildProcess.Start(path, arguments, [new(0, IsOutput: false), new(1, IsOutput: true), new(2, IsOutput: true)]);
        _input = _process.Pipe(0);
        _progress = new TailReader(_process.Pipe(1), OnProgress);
        _errors = new TailReader(_process.Pipe(2));
        _writer = new Thread(WriteAll) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>Hands a picture over, or null for the one before once more; waits while the encoder is behind.</summary>
    /// <exception cref="HeliosException">74, 75: the encoder died or hangs; 130, 143: interrupted.</exception>
    internal void Add(Picture? picture)
    {
        while (!_queue.TryAdd(picture, Slice)) Check();
    }

    /// <summary>Ends the stream and waits until the file is whole.</summary>
    /// <param name="frames">Frames that must be in it.</param>
    internal void Finish(long frames)
    {
        _queue.End();
        int? code;
        while ((code = _process.Wait(Slice)) is null) Check(isFinishing: true);
        _progress.Join(2000);
        if (code != 0 || Said().Contains(DiskFull, StringComparison.Ordinal)) throw Died(code.Value); // ffmpeg ends with 0 when only the end of the file found no room
        long encoded = Interlocked.Read(ref _encoded);
        if (encoded == frames && Interlocked.Read(ref _sent) == frames) return;
        throw new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture, $"the encoder wrote {encoded} frames of {frames}{Said()}"),
            _path, "run it again");
    }

    /// <summary>Ends the encoder wherever it is.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        _queue.End();
        _process.Kill();
        _ = _writer.Join(2000);
        _progress.Dispose();
        _errors.Dispose();
        _input.Dispose();
        _process.Dispose();
    }

    /// <summary>Throws when waiting for the encoder is in vain.</summary>
    /// <exception cref="HeliosException">As <see cref="Add"/>.</exception>
    internal void Check(bool isFinishing = false)
    {
        _interrupts.ThrowIfRequested();
        if (_isBroken && !isFinishing) throw Died(_process.Wait(2000) ?? 0);
        if (Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastMove)).TotalMilliseconds < StallTimeout) return;
        throw new HeliosException(ExitCode.Temporary,
            string.Create(CultureInfo.InvariantCulture, $"the encoder took nothing for {StallTimeout / 1000} s{Said()}"), _path, "run it again; if it stays, choose another codec or preset");
    }

    private HeliosException Died(int code)
    {
        string said = Said();
        bool isFull = said.Contains(DiskFull, StringComparison.Ordinal);
        bool isUnknown = said.Contains("Unknown encoder", StringComparison.Ordinal) || said.Contains("Unrecognized option", StringComparison.Ordinal);
        string what = string.Create(CultureInfo.InvariantCulture, $"the encoder ended with exit code {code} after {Interlocked.Read(ref _sent)} frames{said}");
        if (isFull) return new HeliosException(ExitCode.IoError, what, _path, "make room, then run it again");
        if (isUnknown) return new HeliosException(ExitCode.Unavailable, what, _path, "install an ffmpeg that has the codec, version 5.1 or later");
        return new HeliosException(ExitCode.Temporary, what, _path, "run it again");
    }

    private string Said() => _errors.Text is { Length: > 0 } text ? ": " + text : "";

    private void WriteAll()
    {
        try
        {
            Picture? last = null;
            ReadOnlySpan<byte> bytes = default;
            while (_queue.TryTake(out Picture? picture))
            {
                if (picture is not null)
                {
                    last?.Return();
                    last = picture;
                    bytes = picture.Complete(() => _isAbandoned);
                }

                Write(bytes);
                _ = Interlocked.Increment(ref _sent);
            }
        }
        catch (ReaderGoneException)
        {
            _isBroken = true;
            _queue.End();
        }

        _input.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_isAbandoned) throw new ReaderGoneException();
            int count = _input.Write(bytes, Slice);
            if (count <= 0) continue;
            bytes = bytes[count..];
            _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
        }
    }

    private void OnProgress(string line)
    {
        const string Name = "frame=";
        if (!line.StartsWith(Name, StringComparison.Ordinal) || !DecimalText.TryParseDigits(line.AsSpan(Name.Length).Trim(), out long frames)) return;
        if (Interlocked.Exchange(ref _encoded, frames) != frames) _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
    }
}
