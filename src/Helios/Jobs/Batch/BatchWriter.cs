using System.Buffers;
using System.IO;
using System.Text.Json;
using Helios.Jobs.Document;

namespace Helios.Jobs.Batch;

/// <summary>Writes the index of a batch, a row a line, in flat memory.</summary>
internal sealed class BatchWriter(Stream stream)
{
    internal const int SchemaVersion = 1;

    private const int FlushBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 8192);
    private int _count;

    /// <param name="count">Number of rows that will be added.</param>
    internal void Begin(int count)
    {
        using var json = new Utf8JsonWriter(_buffer, JobJson.Indented);
        json.WriteStartObject();
        json.WriteNumber(BatchMembers.Version, SchemaVersion);
        json.WriteNumber(BatchMembers.Count, count);
        json.WriteStartArray(BatchMembers.Rows);
    }

    internal void Add(BatchRow row)
    {
        _buffer.Write(_count++ == 0 ? "\n    "u8 : ",\n    "u8);
        using (var json = new Utf8JsonWriter(_buffer, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber(BatchMembers.Id, row.Id);
            json.WriteString(BatchMembers.JobId, row.JobId);
            json.WriteString(BatchMembers.Job, BatchFolder.JobName(row.Id));
            json.WriteString(BatchMembers.Output, row.Output);
            json.WriteNumber(BatchMembers.Frames, row.TotalFrames);
            json.WriteEndObject();
        }

        if (_buffer.WrittenCount >= FlushBytes) Flush();
    }

    /// <summary>Writes the end of the document.</summary>
    internal void End()
    {
        _buffer.Write("\n  ]\n}\n"u8);
        Flush();
    }

    private void Flush()
    {
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
