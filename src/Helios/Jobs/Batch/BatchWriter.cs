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
        json.WriteNumber("version"u8, SchemaVersion);
        json.WriteNumber("count"u8, count);
        json.WriteStartArray("rows"u8);
    }

    internal void Add(BatchRow row)
    {
        _buffer.Write(_count++ == 0 ? "\n    "u8 : ",\n    "u8);
        using (var json = new Utf8JsonWriter(_buffer, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, row.Id);
            json.WriteString("jobId"u8, row.JobId);
            json.WriteString("job"u8, BatchFolder.JobName(row.Id));
            json.WriteString("output"u8, row.Output);
            json.WriteNumber("totalFrames"u8, row.TotalFrames);
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
