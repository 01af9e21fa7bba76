using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Plan;
using Helios.Run.Checks;

namespace Helios.Cli;

/// <summary>Output of verify: a line for each chunk as soon as it is known, or JSON at the end.</summary>
/// <param name="isJson">Whether it is JSON.</param>
internal sealed class VerifyReport(bool isJson)
{
    private readonly List<VerifiedChunk> _chunks = [];
    private readonly HashSet<string> _warnings = []; // every frame has a page that may say the same
    private int _different;

    internal void Add(VerifiedChunk chunk)
    {
        _chunks.Add(chunk);
        if (chunk.Difference is not null) _different++;
        if (!isJson) StandardStreams.WriteOutput(ToText(chunk));
    }

    /// <summary>Prints a line on stderr, once.</summary>
    internal void Warn(string text)
    {
        if (_warnings.Add(text)) StandardStreams.WriteError(ErrorText.OneLine(text));
    }

    /// <summary>Prints the rest.</summary>
    /// <exception cref="HeliosException">65: a frame differs.</exception>
    internal void Finish(JobSpec spec, int count)
    {
        StandardStreams.WriteOutput(isJson ? ToJson(spec, count) : string.Create(CultureInfo.InvariantCulture,
            $"{_chunks.Count} of {JobPlan.Count(count, "chunk")} checked, {_different} differ\n"));
        if (_different == 0) return;
        throw new HeliosException(ExitCode.Invalid, $"frames of {JobPlan.Count(_different, "chunk")} are not what this machine renders",
            $"job {spec.JobId}", "verify it on a third machine, then render what is wrong again with render-chunk --force");
    }

    private static string ToText(VerifiedChunk chunk)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: ");
        for (int i = 0; i < chunk.Frames.Count; i++)
        {
            VerifiedFrame frame = chunk.Frames[i];
            text.Append(i == 0 ? "" : ", ");
            text.Append(CultureInfo.InvariantCulture, $"frame {frame.Number} {(frame.IsSame ? "is the same" : "differs")}");
        }

        if (chunk.Difference is string difference) text.Append(": ").Append(difference);
        return text.Append('\n').ToString();
    }

    private string ToJson(JobSpec spec, int count)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, JobJson.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("jobId"u8, spec.JobId);
            json.WriteBoolean("isSame"u8, _different == 0);
            json.WriteNumber("chunks"u8, count);
            json.WriteStartArray("checked"u8);
            foreach (VerifiedChunk chunk in _chunks) Write(json, chunk);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, VerifiedChunk chunk)
    {
        json.WriteStartObject();
        json.WriteNumber("chunk"u8, chunk.Id);
        json.WriteStartArray("frames"u8);
        foreach (VerifiedFrame frame in chunk.Frames)
        {
            json.WriteStartObject();
            json.WriteNumber("frame"u8, frame.Number);
            json.WriteBoolean("isSame"u8, frame.IsSame);
            json.WriteString("receipt"u8, frame.Expected);
            json.WriteString("here"u8, frame.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (chunk.Difference is string difference) json.WriteString("difference"u8, difference);
        json.WriteEndObject();
    }
}
