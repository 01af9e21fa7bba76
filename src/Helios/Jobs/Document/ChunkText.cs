using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>The formats in which <c>show-chunk</c> gives one chunk to a script.</summary>
internal static class ChunkText
{
    internal static readonly string[] Formats = ["json", "env", "args"];

    private static readonly Field[] s_fields =
    [
        new("jobId", static chunk => chunk.JobId),
        new("composition", static chunk => chunk.Composition),
        new(Id, static chunk => Number(chunk.Id), isNumber: true),
        new("startFrame", static chunk => Number(chunk.StartFrame), isNumber: true),
        new("frameCount", static chunk => Number(chunk.FrameCount), isNumber: true),
        new(Output, static chunk => chunk.Output),
        new("width", static chunk => Number(chunk.Width), isNumber: true),
        new("height", static chunk => Number(chunk.Height), isNumber: true),
        new("scale", static chunk => chunk.Scale.ToString(CultureInfo.InvariantCulture), isNumber: true),
        new("frameRate", static chunk => chunk.FrameRate.ToString()),
    ];

    internal static readonly string[] Fields = NamedValue.NamesOf(s_fields);

    private const string Id = "id", Output = "output"; // scripts see them under other names

    /// <exception cref="HeliosException">64: no such format.</exception>
    internal static string Format(ChunkView chunk, string format) => format switch
    {
        "json" => ToJson(chunk),
        "env" => ToAssignments(chunk),
        "args" => ToArguments(chunk),
        _ => throw new HeliosException(
            ExitCode.Usage, $"there is no format \"{format}\"{NearestName.Hint(format, Formats)}", "--format", "use json, env or args"),
    };

    /// <summary>One bare value by its JSON name.</summary>
    /// <exception cref="HeliosException">64: no such field.</exception>
    internal static string ValueOf(ChunkView chunk, string name) => NamedValue.IndexOf(s_fields, name) is int index and >= 0
        ? s_fields[index].Text(chunk)
        : throw new HeliosException(
            ExitCode.Usage, $"there is no field \"{name}\"{NearestName.Hint(name, Fields)}",
            "--field", "use one of " + string.Join(", ", Fields));

    private static string ToJson(ChunkView chunk)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JobJson.Indented))
        {
            json.WriteStartObject();
            foreach (Field field in s_fields)
            {
                json.WritePropertyName(field.Name);
                if (field.IsNumber) json.WriteRawValue(field.Text(chunk), skipInputValidation: true);
                else json.WriteStringValue(field.Text(chunk));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Assignments for <c>eval</c> in a POSIX shell: <c>HELIOS_START_FRAME='0'</c> …</summary>
    private static string ToAssignments(ChunkView chunk)
    {
        var text = new StringBuilder();
        foreach (Field field in s_fields)
            text.Append(VariableOf(field.Name)).Append('=').Append(ShellQuote.Quote(field.Text(chunk))).Append('\n');
        return text.ToString();
    }

    /// <summary>Options for a custom renderer, on one line: <c>eval "set -- $(helios show-chunk …)"</c>.</summary>
    private static string ToArguments(ChunkView chunk) =>
        $"--composition {ShellQuote.Quote(chunk.Composition)} --start-frame {Number(chunk.StartFrame)}"
        + $" --frame-count {Number(chunk.FrameCount)}"
        + $" --width {Number(chunk.Width)} --height {Number(chunk.Height)}"
        + (chunk.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" --scale {chunk.Scale}"))
        + $" --fps {chunk.FrameRate} --output {ShellQuote.Quote(chunk.Output)}\n";

    private static string VariableOf(string field) => field switch
    {
        Id => "HELIOS_CHUNK_INDEX",
        Output => "HELIOS_CHUNK_OUTPUT",
        _ => "HELIOS_" + ToScreamingSnake(field),
    };

    private static string ToScreamingSnake(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c)) text.Append('_');
            text.Append(char.ToUpperInvariant(c));
        }

        return text.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="name">As in the JSON.</param>
    /// <param name="text">Its value.</param>
    /// <param name="isNumber">Whether JSON writes it without quotes.</param>
    private sealed class Field(string name, Func<ChunkView, string> text, bool isNumber = false) : NamedValue(name)
    {
        internal Func<ChunkView, string> Text => text;

        internal bool IsNumber => isNumber;
    }
}
