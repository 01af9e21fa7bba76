using System;
using System.IO;

namespace Helios.Tests.Support;

/// <summary>A pipe that gives a few bytes at a time and cannot seek.</summary>
internal sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes, writable: false)
{
    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);

    public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
}
