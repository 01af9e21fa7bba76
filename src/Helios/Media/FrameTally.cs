namespace Helios.Media;

/// <summary>
/// Checks that frames in decoding order are each of 0, 1, 2 … exactly once. Encoders move a frame by a few places only, so a
/// window of 64 is enough for a video of any length.
/// </summary>
internal struct FrameTally
{
    private const int Window = 64;

    private ulong _seen; // bit i: frame Next + i

    /// <summary>All frames below this one have been seen.</summary>
    internal long Next { get; private set; }

    /// <summary>Whether all frames seen so far form a range from 0.</summary>
    internal readonly bool IsDense => _seen == 0;

    /// <summary>False when the frame was seen before, or too many frames before it are missing.</summary>
    internal bool TryAdd(long frame)
    {
        long place = frame - Next;
        if (place is < 0 or >= Window || (_seen & (1UL << (int)place)) != 0) return false;
        _seen |= 1UL << (int)place;
        while ((_seen & 1) != 0)
        {
            _seen >>= 1;
            Next++;
        }

        return true;
    }
}
