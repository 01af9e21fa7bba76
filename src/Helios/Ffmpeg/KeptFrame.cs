using System;

namespace Helios.Ffmpeg;

/// <summary>A frame that an encoder has received already, for the next encoder.</summary>
/// <param name="bytes">Its bytes, as the encoder takes them.</param>
internal sealed class KeptFrame(byte[] bytes) : CapturedFrame
{
    internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned) => bytes;

    internal override void Return()
    {
    }
}
