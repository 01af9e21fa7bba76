using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Writes a job spec to a stream chunk by chunk, in flat memory whatever their number. Layout: indented header and one
/// chunk a line, or everything on one line.
/// </summary>
internal sealed class JobWriter(Stream stream, bool isCompact)
{
    private const int FlushBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 8192);

    /// <param name="spec">Everything but the chunks.</param>
    /// <param name="plan">Frame ranges of the chunks.</param>
    /// <param name="paths">Names of the chunk files.</param>
    /// <returns>Bytes written.</returns>
    internal long Write(JobSpec spec, ChunkPlan plan, ChunkFileNames paths)
    {
        long written = 0;
        WriteHeader(spec);
        using var json = new Utf8JsonWriter(_buffer, JobJson.Compact);
        for (int id = 0; id < plan.Count; id++)
        {
            if (id > 0) _buffer.Write(isCompact ? ","u8 : ",\n    "u8);
            FrameRange frames = plan[id];
            JobJson.Write(json, new Chunk { Id = id, StartFrame = frames.Start, FrameCount = frames.Count, Output = paths[id] });
            json.Flush();
            json.Reset();
            if (_buffer.WrittenCount >= FlushBytes) written += Flush();
        }

        _buffer.Write(isCompact ? "]}\n"u8 : "\n  ]\n}\n"u8);
        return written + Flush();
    }

    private void WriteHeader(JobSpec spec)
    {
        ReadOnlyMemory<byte> open = JobJson.ToOpenHeader(spec);
        if (isCompact)
        {
            _buffer.Write(open.Span);
            _buffer.Write(",\"chunks\":["u8);
            return;
        }

        JsonLayout.Indent(open.Span, _buffer);
        _buffer.Write(",\n  \"chunks\": [\n    "u8);
    }

    /// <summary>
    /// Writes the buffer out and collects the garbage of its chunks (a record and two strings each). Left to itself
    /// the collector waits until half of the processor's cache is full: 16 MiB where 1 MiB is needed.
    /// </summary>
    private int Flush()
    {
        int count = _buffer.WrittenCount;
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        if (count >= FlushBytes) GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        return count;
    }
}
