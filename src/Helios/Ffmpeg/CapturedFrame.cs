using System;

namespace Helios.Ffmpeg;

/// <summary>One frame on its way to the encoder, which is the last to use it.</summary>
internal abstract class CapturedFrame
{
    /// <summary>
    /// What the encoder gets, valid until that of the next frame is asked for; empty when it equals the frame before, after
    /// all. Waits for pixels that are still being drawn. Called on the encoder's thread.
    /// </summary>
    /// <param name="isAbandoned">Whether it is not wanted any more.</param>
    /// <exception cref="ReaderGoneException">It was abandoned while waiting.</exception>
    internal abstract ReadOnlySpan<byte> Complete(Func<bool> isAbandoned);

    /// <summary>Gives its memory back, once the encoder has a later frame, or at once if it is not wanted.</summary>
    internal abstract void Return();
}
