using System.Text.Json;
using System.Text.Json.Serialization;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Writes the <see cref="ReceiptTimings"/> and the <see cref="ReceiptPreroll"/> of a receipt as JSON.
/// Only the generated fast path is called: JsonSerializer would link 1 MB (docs/decisions/0002).
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiptTimings))]
[JsonSerializable(typeof(ReceiptPreroll))]
internal sealed partial class TimingsJson : JsonSerializerContext
{
    private static readonly TimingsJson s_handlers = new();

    /// <summary>Writes them as an object.</summary>
    internal static void Write(Utf8JsonWriter json, ReceiptPreroll frames) => s_handlers.ReceiptPrerollSerializeHandler(json, frames);

    /// <summary>Writes them as an object.</summary>
    internal static void Write(Utf8JsonWriter json, ReceiptTimings timings) => s_handlers.ReceiptTimingsSerializeHandler(json, timings);
}
