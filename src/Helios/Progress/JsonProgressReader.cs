using System;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Receipts;
using Helios.Text;

namespace Helios.Progress;

/// <summary>Reads from a line of <see cref="JsonProgress"/> what a run follows its workers by.</summary>
internal static class JsonProgressReader
{
    private const double LargestNumber = 1e15;

    /// <param name="line">One JSON object.</param>
    /// <returns>
    /// <see cref="ChunkAdvanced"/>, <see cref="ChunkFinished"/>, <see cref="Warned"/> or <see cref="Failed"/>, in which what a run does not
    /// need is missing; null for other events.
    /// </returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    internal static ProgressEvent? Read(string line)
    {
        ReadOnlySpan<byte> json = Encoding.UTF8.GetBytes(line);
        return TextOf(json, ProgressNames.Event) switch
        {
            ProgressNames.Progress => new ChunkAdvanced(-1, NumberOf(json, ProgressNames.Frames), 0, 0),
            ProgressNames.Warning => new Warned(TextOf(json, ProgressNames.Message) ?? ""),
            ProgressNames.Error => new Failed(ReadError(json)),
            RunStatus.Chunk + ProgressNames.Finished or RunStatus.Row + ProgressNames.Finished => new ChunkFinished(
                -1, NumberOf(json, ProgressNames.Frames), NumberOf(json, ProgressNames.Bytes), ReadTimings(json), null),
            _ => null,
        };
    }

    private static ReceiptTimings ReadTimings(ReadOnlySpan<byte> json) => new()
    {
        LoadMs = NumberOf(json, TimingsDocument.Load),
        PrerollMs = NumberOf(json, TimingsDocument.Preroll),
        CaptureMs = NumberOf(json, TimingsDocument.Capture),
        TotalMs = NumberOf(json, TimingsDocument.Total),
    };

    private static HeliosException ReadError(ReadOnlySpan<byte> json) => new(
        (ExitCode)NumberOf(json, ProgressNames.Code), TextOf(json, ProgressNames.What) ?? "", TextOf(json, ProgressNames.Where) ?? "",
        TextOf(json, ProgressNames.Fix) ?? "", reason: Reasons.Parse(TextOf(json, ProgressNames.Reason)));

    private static string? TextOf(ReadOnlySpan<byte> json, string name) => JsonFields.GetText(json, Encoding.UTF8.GetBytes(name));

    private static long NumberOf(ReadOnlySpan<byte> json, string name) =>
        (long)Math.Clamp(JsonFields.GetNumber(json, Encoding.UTF8.GetBytes(name)) ?? 0, 0, LargestNumber);
}
