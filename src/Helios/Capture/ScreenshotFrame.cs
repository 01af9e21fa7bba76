using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using Helios.Ffmpeg;

namespace Helios.Capture;

/// <summary>A PNG as the browser delivers it, in a pooled buffer.</summary>
internal sealed class ScreenshotFrame : CapturedFrame
{
    private readonly Stack<ScreenshotFrame> _pool;
    private byte[] _bytes = new byte[512 * 1024];
    private int _length;

    /// <param name="pool">Receives the buffer when it is no longer needed; also its lock.</param>
    internal ScreenshotFrame(Stack<ScreenshotFrame> pool) => _pool = pool;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    internal static ScreenshotFrame Rent(Stack<ScreenshotFrame> pool)
    {
        lock (pool) return pool.Count > 0 ? pool.Pop() : new ScreenshotFrame(pool);
    }

    /// <summary>
    /// Decodes <c>screenshotData</c> of a response to beginFrame straight from the receive buffer; false when there is none.
    /// </summary>
    internal bool TryDecode(ReadOnlySpan<byte> answer)
    {
        ReadOnlySpan<byte> name = "\"screenshotData\":\""u8;
        int start = answer.IndexOf(name);
        if (start < 0) return false;
        ReadOnlySpan<byte> text = answer[(start + name.Length)..];
        text = text[..text.IndexOf((byte)'"')];
        int size = Base64.GetMaxDecodedFromUtf8Length(text.Length);
        if (_bytes.Length < size) _bytes = new byte[size + (size / 4)];
        return Base64.DecodeFromUtf8(text, _bytes, out _, out _length) == OperationStatus.Done && _length > 0;
    }

    internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned) => Bytes;

    internal override void Return()
    {
        lock (_pool) _pool.Push(this);
    }
}
