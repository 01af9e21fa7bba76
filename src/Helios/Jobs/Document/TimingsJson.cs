using System.Text.Json;
using System.Text.Json.Serialization;

namespace Helios.Jobs.Document;

/// <summary>
/// How <see cref="ReceiptTimings"/> become JSON, in receipts and in events: no helios reads them, so their names stand in the record alone.
/// Only the generated fast path is called: JsonSerializer would link 1 MB (docs/decisions/0002).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiptTimings))]
internal sealed partial class TimingsJson : JsonSerializerContext
{
    private static readonly TimingsJson s_handlers = new();

    /// <summary>Writes them as an object.</summary>
    internal static void Write(Utf8JsonWriter json, ReceiptTimings timings) => s_handlers.ReceiptTimingsSerializeHandler(json, timings);
}
