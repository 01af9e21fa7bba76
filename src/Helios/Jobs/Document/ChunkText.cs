using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>The forms in which <c>show-chunk</c> gives one chunk to a script.</summary>
internal static class ChunkText
{
    internal static readonly string[] Formats = ["json", "env", "args"];

    internal static readonly string[] Fields =
        ["jobId", "composition", "id", "startFrame", "frameCount", "output", "width", "height", "frameRate"];

    /// <exception cref="HeliosException">64: no such format.</exception>
    internal static string Format(ChunkView chunk, string format) => format switch
    {
        "json" => ToJson(chunk),
        "env" => ToAssignments(chunk),
        "args" => ToArguments(chunk),
        _ => throw new HeliosException(ExitCode.Usage, $"there is no format \"{format}\"{NearestName.Hint(format, Formats)}", "--format", "use json, env or args"),
    };

    /// <summary>One bare value by its JSON name.</summary>
    /// <exception cref="HeliosException">64: no such field.</exception>
    internal static string Field(ChunkView chunk, string name) => name switch
    {
        "jobId" => chunk.JobId,
        "composition" => chunk.Composition,
        "id" => Number(chunk.Id),
        "startFrame" => Number(chunk.StartFrame),
        "frameCount" => Number(chunk.FrameCount),
        "output" => chunk.Output,
        "width" => Number(chunk.Width),
        "height" => Number(chunk.Height),
        "frameRate" => chunk.FrameRate,
        _ => throw new HeliosException(ExitCode.Usage, $"there is no field \"{name}\"{NearestName.Hint(name, Fields)}", "--field", "use one of " + string.Join(", ", Fields)),
    };

    private static string ToJson(ChunkView chunk)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JobJson.Indented)) JobJson.Write(writer, chunk);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Assignments for <c>eval</c> in a POSIX shell: <c>HELIOS_START_FRAME='0'</c> …</summary>
    private static string ToAssignments(ChunkView chunk)
    {
        var text = new StringBuilder();
        foreach (string field in Fields)
            text.Append(VariableOf(field)).Append('=').Append(ShellQuote.Quote(Field(chunk, field))).Append('\n');
        return text.ToString();
    }

    /// <summary>Options for a renderer of one's own, one line: <c>eval "set -- $(helios show-chunk …)"</c>.</summary>
    private static string ToArguments(ChunkView chunk) =>
        $"--composition {ShellQuote.Quote(chunk.Composition)} --start-frame {Number(chunk.StartFrame)} --frame-count {Number(chunk.FrameCount)}"
        + $" --width {Number(chunk.Width)} --height {Number(chunk.Height)} --fps {chunk.FrameRate} --output {ShellQuote.Quote(chunk.Output)}\n";

    private static string VariableOf(string field) => field switch
    {
        "id" => "HELIOS_CHUNK_INDEX",
        "output" => "HELIOS_CHUNK_OUTPUT",
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
}
