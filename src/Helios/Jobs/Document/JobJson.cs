using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Job documents as JSON. Everything is written by <see cref="Utf8JsonWriter"/> and read from <see cref="JsonTokens"/>:
/// JsonSerializer would link converters and metadata that no command needs (docs/decisions/0002).
/// </summary>
internal static class JobJson
{
    /// <summary>Paths and props stay readable: escapes only the characters that JSON requires, and those beyond the basic plane.</summary>
    internal static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    internal static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private const int DepthOfProps = 2; // they are in renderOptions, which is in the job

    /// <summary>
    /// <c>sha256:…</c> of the compact header with an empty output and job id, without audio and costs. It covers everything that
    /// decides the frames and their encode, independent of where the files are.
    /// </summary>
    internal static string DigestOf(JobSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RenderOptions silent = spec.RenderOptions with
        {
            AudioCodec = AudioCodec.None,
            Audio = [],
            Metadata = FileMetadata.None,
            Fonts = spec.RenderOptions.Fonts is FontFolder fonts ? fonts with { Directory = "" } : null,
        };
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            JobMembers.All.Write(writer, spec with { Output = "", JobId = "", RenderOptions = silent, Cost = null });
        }

        var hash = new Sha256();
        hash.Append(buffer.WrittenSpan);
        return "sha256:" + hash.Finish();
    }

    /// <summary>Writes everything except the chunks, up to the bracket that begins their list.</summary>
    internal static void WriteOpenHeader(ArrayBufferWriter<byte> buffer, JobSpec spec, bool isCompact)
    {
        using var writer = new Utf8JsonWriter(buffer, isCompact ? Compact : Indented);
        writer.WriteStartObject();
        JobMembers.All.Write(writer, spec);
        writer.WriteStartArray(JobMembers.Chunks);
    }

    /// <summary>Reads one JSON object, such as props, into compact UTF-8. Throws 65 where it is not an object.</summary>
    internal static ReadOnlyMemory<byte> ReadObject(Stream stream, string name)
    {
        var tokens = new JsonTokens(stream, name, JsonTokens.MaxDepth - DepthOfProps);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
            throw tokens.Fail($"{tokens.Describe()} is not a JSON object", "write an object such as {\"title\":\"Hello\"}");
        ReadOnlyMemory<byte> text = Copy(ref tokens);
        tokens.ReadEnd();
        return text;
    }

    /// <summary>The same, of bytes in memory.</summary>
    internal static ReadOnlyMemory<byte> ReadObject(ReadOnlyMemory<byte> json, string name)
    {
        _ = MemoryMarshal.TryGetArray(json, out ArraySegment<byte> bytes);
        return ReadObject(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), name);
    }

    /// <summary>The current value as compact UTF-8.</summary>
    internal static ReadOnlyMemory<byte> Copy(ref JsonTokens tokens)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) JsonCopy.CopyValue(ref tokens, writer);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes a compact value as a member, in the layout of the writer.</summary>
    internal static void WriteValue(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> compact)
    {
        writer.WritePropertyName(name);
        if (!writer.Options.Indented)
        {
            writer.WriteRawValue(compact.Span, skipInputValidation: true);
            return;
        }

        var tokens = new JsonTokens(new MemoryStream(compact.ToArray()), name);
        tokens.Read();
        JsonCopy.CopyValue(ref tokens, writer, long.MaxValue);
    }
}
