using System;
using System.Buffers;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// The one place where job documents become JSON. The context is asked for its generated fast-path handlers directly:
/// going through JsonSerializer would link converters and metadata that no command needs (1 MB; docs/decisions/0002).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(Chunk))]
[JsonSerializable(typeof(ChunkView))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class JobJson : JsonSerializerContext
{
    /// <summary>Paths and props stay readable: what JSON itself needs is escaped, and what lies beyond the basic plane.</summary>
    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    internal static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private const int DepthOfProps = 2; // they stand in renderOptions, which stands in the job

    private static readonly JobJson s_handlers = new();

    internal static void Write(Utf8JsonWriter writer, Chunk chunk) => s_handlers.ChunkSerializeHandler(writer, chunk);

    internal static void Write(Utf8JsonWriter writer, ChunkView view) => s_handlers.ChunkViewSerializeHandler(writer, view);

    /// <summary>A receipt, indented, with a newline at the end.</summary>
    internal static ReadOnlyMemory<byte> ToText(Receipt receipt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented)) s_handlers.ReceiptSerializeHandler(writer, receipt);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// <c>sha256:…</c> of the compact header with an empty output and job id and without sound: what decides the frames
    /// and their encode, wherever the files are.
    /// </summary>
    internal static string DigestOf(JobSpec spec)
    {
        var hash = new Sha256();
        hash.Append(ToOpenHeader(spec with { Output = "", JobId = "", RenderOptions = spec.RenderOptions with { AudioCodec = "none", Audio = [] } }).Span);
        return "sha256:" + hash.Finish();
    }

    /// <summary>
    /// Everything but the chunks as compact UTF-8, from <c>{"version"</c> to the brace that ends renderOptions; the
    /// object itself is left open for the chunks.
    /// </summary>
    internal static ReadOnlyMemory<byte> ToOpenHeader(JobSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) s_handlers.JobSpecSerializeHandler(writer, spec);

        // renderOptions is the last member, so the text ends in two braces; props go before them
        var header = new ArrayBufferWriter<byte>(buffer.WrittenCount + spec.RenderOptions.Props.Length + 16);
        header.Write(buffer.WrittenSpan[..^2]);
        header.Write(",\"props\":"u8);
        header.Write(spec.RenderOptions.Props.Span);
        header.Write("}"u8);
        return header.WrittenMemory;
    }

    /// <summary>Reads one JSON object, such as props, into compact UTF-8. Throws 65 where it is none.</summary>
    internal static ReadOnlyMemory<byte> ReadObject(Stream stream, string name)
    {
        var tokens = new JsonTokens(stream, name, JsonTokens.MaxDepth - DepthOfProps);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject) throw tokens.Fail($"{tokens.Describe()} is not a JSON object", "write an object such as {\"title\":\"Hello\"}");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) JsonCopy.CopyValue(ref tokens, writer);
        tokens.ReadEnd();
        return buffer.WrittenMemory;
    }
}
