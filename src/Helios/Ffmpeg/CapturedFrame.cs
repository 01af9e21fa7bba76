using System;

namespace Helios.Ffmpeg;

/// <summary>One frame on its way to the encoder, its last user.</summary>
internal abstract class CapturedFrame
{
    /// <summary>
    /// The bytes for the encoder, valid until those of the next frame are requested; empty when the frame turns out equal to
    /// the one before. Waits for pixels that are still being drawn. Called on the encoder's thread.
    /// </summary>
    /// <param name="isAbandoned">Whether the frame is no longer wanted.</param>
    /// <exception cref="ReaderGoneException">It was abandoned while waiting.</exception>
    internal abstract ReadOnlySpan<byte> Complete(Func<bool> isAbandoned);

    /// <summary>Returns its memory, once the encoder has a later frame, or at once if the frame is not wanted.</summary>
    internal abstract void Return();
}
