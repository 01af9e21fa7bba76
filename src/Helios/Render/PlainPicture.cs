using System;

namespace Helios.Render;

/// <summary>Pixels that the page is still drawing into a slot of the ring.</summary>
internal sealed class PlainPicture(PixelCapture owner, int slot, uint sequence, uint ground) : Picture
{
    private bool _isReturned;

    internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned)
    {
        ReadOnlySpan<byte> bytes = owner.Convert(slot, sequence, ground, isAbandoned);
        Return(); // converted, so the page may draw the next one there
        return bytes;
    }

    internal override void Return()
    {
        if (_isReturned) return;
        _isReturned = true;
        owner.Return(slot);
    }
}
