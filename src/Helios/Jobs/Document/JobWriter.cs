using System;
using System.Buffers;
using System.IO;
using System.Text.Json;

namespace Helios.Jobs.Document;

/// <summary>
/// Writes a job spec to a stream chunk by chunk, in flat memory for any number of chunks: no chunk allocates an object. Layout:
/// indented header and one chunk per line, or everything on one line.
/// </summary>
internal sealed class JobWriter(Stream stream, bool isCompact)
{
    private const int FlushBytes = 64 * 1024;

    private const int SmallBytes = 8 * 1024; // a million jobs of a few chunks each need no more
    private const int FewChunks = 8;

    private ArrayBufferWriter<byte> _buffer = new(1);

    /// <param name="spec">Everything except the chunks.</param>
    /// <param name="plan">Frame ranges of the chunks.</param>
    /// <param name="names">Names of the chunk files.</param>
    /// <returns>Bytes written.</returns>
    internal long Write(JobSpec spec, ChunkPlan plan, ChunkFileNames names) => Write(spec, plan.Count, id => plan[id], names);

    /// <param name="spec">Everything except the chunks.</param>
    /// <param name="count">Number of chunks.</param>
    /// <param name="framesOf">Frame range of a chunk.</param>
    /// <param name="names">Names of the chunk files.</param>
    /// <returns>Bytes written.</returns>
    internal long Write(JobSpec spec, int count, Func<int, FrameRange> framesOf, ChunkFileNames names)
    {
        long written = 0;
        _buffer = new(count <= FewChunks ? SmallBytes : FlushBytes + SmallBytes);
        JobJson.WriteOpenHeader(_buffer, spec, isCompact);
        var (start, end) = ChunkMembers.OutputParts(names);
        for (int id = 0; id < count; id++)
        {
            if (id > 0) _buffer.Write(","u8);
            if (!isCompact) _buffer.Write("\n    "u8);
            ChunkMembers.Write(_buffer, id, framesOf(id), start, end);
            if (_buffer.WrittenCount >= FlushBytes) written += Flush();
        }

        _buffer.Write(isCompact ? "]}\n"u8 : "\n  ]\n}\n"u8);
        return written + Flush();
    }

    private int Flush()
    {
        int count = _buffer.WrittenCount;
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        return count;
    }
}
