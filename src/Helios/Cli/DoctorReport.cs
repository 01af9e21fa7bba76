using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Run;
using Helios.Run.Checks;

namespace Helios.Cli;

/// <summary>Output of doctor: one line for each check, and the fix below each that has not passed; or the same as JSON.</summary>
internal static class DoctorReport
{
    private static readonly string[] s_states = ["ok", "warning", "error"];

    internal static ExitCode Print(string? job, string? workdir, string? browser, string? encoder, string? format)
    {
        if (format is not (null or "text" or "json"))
        {
            throw CommandLine.Wrong($"\"{ErrorText.OneLine(format)}\" is not a format{NearestName.Hint(format, ["text", "json"])}",
                "use text or json", "--format");
        }

        using var interrupts = new Interrupts();
        using var memory = new MemoryStream();
        using var json = new Utf8JsonWriter(memory, JobJson.Indented);
        var text = new StringBuilder();
        json.WriteStartObject();
        json.WriteNumber("version"u8, 1);
        json.WriteStartArray("checks"u8);
        var findings = new Findings(finding =>
        {
            Append(text, finding);
            Write(json, finding);
        });
        new Doctor(findings, interrupts).Run(browser, encoder, job is null ? null : new JobCheck(new JobSource(job, workdir)));
        json.WriteEndArray();
        json.WriteBoolean("canRender"u8, !findings.HasErrors);
        json.WriteEndObject();
        json.Flush();
        StandardStreams.WriteOutput(format == "json" ? Encoding.UTF8.GetString(memory.ToArray()) + "\n" : text.ToString());
        return findings.HasErrors ? ExitCode.Unavailable : ExitCode.Ok;
    }

    private static void Append(StringBuilder text, Finding finding)
    {
        text.Append(s_states[(int)finding.State].PadRight(9)).Append(finding.Name).Append(": ").Append(ErrorText.OneLine(finding.Found))
            .Append('\n');
        if (finding.Fix is not null) text.Append(' ', 9).Append(ErrorText.OneLine(finding.Fix)).Append('\n');
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("state"u8, s_states[(int)finding.State]);
        json.WriteString("name"u8, finding.Name);
        json.WriteString("found"u8, finding.Found);
        if (finding.Fix is not null) json.WriteString("fix"u8, finding.Fix);
        json.WriteEndObject();
    }
}
