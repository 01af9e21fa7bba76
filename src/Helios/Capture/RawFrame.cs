using System;
using Helios.Ffmpeg;

namespace Helios.Capture;

/// <summary>Pixels that the page is still drawing into a slot of the ring.</summary>
internal sealed class RawFrame(PixelConverter converter, int slot, uint sequence, uint background) : CapturedFrame
{
    private bool _isReturned;

    internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned)
    {
        ReadOnlySpan<byte> bytes = converter.Convert(slot, sequence, background, isAbandoned);
        _isReturned = true;
        return bytes;
    }

    internal override void Return()
    {
        if (_isReturned) return;
        _isReturned = true;
        converter.Return(slot);
    }
}
