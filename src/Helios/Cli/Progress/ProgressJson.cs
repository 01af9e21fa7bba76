using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os;

namespace Helios.Cli.Progress;

/// <summary>Writes the events of <c>--progress json</c>: one object a line on stderr (docs/progress.md says which).</summary>
internal static class ProgressJson
{
    /// <summary>Whether this process was asked for events: its error is one too, wherever it comes from.</summary>
    internal static bool IsOn { get; set; }

    internal static void Write(string name, Action<Utf8JsonWriter> members)
    {
        var line = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(line, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteString("event"u8, name);
            members(json);
            json.WriteEndObject();
        }

        StandardStreams.WriteError(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    internal static void WriteWarning(string text) => Write("warning", json => json.WriteString("message"u8, text));

    /// <summary>The error in its parts, if events were asked for; the line for people follows it.</summary>
    internal static void Fail(HeliosException error)
    {
        if (IsOn) Write("error", json => WriteParts(json, error));
    }

    internal static void WriteParts(Utf8JsonWriter json, HeliosException error)
    {
        json.WriteNumber("code"u8, (int)error.Code);
        json.WriteString("what"u8, error.What);
        json.WriteString("where"u8, error.Where);
        json.WriteString("fix"u8, error.Fix);
        if (Reasons.NameOf(error.Reason) is string reason) json.WriteString("reason"u8, reason);
    }

    internal static void WriteChunk(int chunk, long frames, long bytes, ReceiptTimings timings) => Write("chunk-finished", json =>
    {
        json.WriteNumber("chunk"u8, chunk);
        json.WriteNumber("frames"u8, frames);
        json.WriteNumber("bytes"u8, bytes);
        WriteTimings(json, timings);
    });

    internal static void WriteTimings(Utf8JsonWriter json, ReceiptTimings timings)
    {
        json.WriteNumber("loadMs"u8, timings.LoadMs);
        json.WriteNumber("prerollMs"u8, timings.PrerollMs);
        json.WriteNumber("captureMs"u8, timings.CaptureMs);
        json.WriteNumber("totalMs"u8, timings.TotalMs);
    }

    /// <summary>A number with one decimal, for seconds and rates.</summary>
    internal static decimal Round(double value) => (decimal)Math.Round(Math.Clamp(value, 0, 1e12), 1);
}
