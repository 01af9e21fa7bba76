using System;
using System.Text;
using System.Text.Json.Nodes;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>What a process left behind when it ended.</summary>
/// <param name="ExitCode">128 + n after signal n.</param>
/// <param name="Output">Bytes of stdout.</param>
/// <param name="Stderr">Text of stderr.</param>
public sealed record RunResult(int ExitCode, byte[] Output, string Stderr)
{
    public string Stdout => Encoding.UTF8.GetString(Output);

    /// <summary>stdout as one JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The result itself if the process succeeded; else the test ends here, showing stderr.</summary>
    public RunResult Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"exit code {ExitCode}, expected 0\nstderr: {Stderr}\nstdout: {Stdout}");
}
