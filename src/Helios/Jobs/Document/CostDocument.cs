using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads and writes the costs of a chunk, in milliseconds with up to three decimals.</summary>
internal static class CostDocument
{
    private const decimal Unit = 1000; // microseconds

    private static readonly MemberTable<long[], ChunkCost> s_all = new(
        new("startMs",
            static (ref tokens, problems, path, times) => times[0] = ReadTime(ref tokens, problems, path, 0),
            static (json, name, cost) => json.WriteNumber(name, cost.Start / Unit)),
        new("prerollMs",
            static (ref tokens, problems, path, times) => times[1] = ReadTime(ref tokens, problems, path, 0),
            static (json, name, cost) => json.WriteNumber(name, cost.Preroll / Unit)),
        new("captureMs",
            static (ref tokens, problems, path, times) => times[2] = ReadTime(ref tokens, problems, path, 1),
            static (json, name, cost) => json.WriteNumber(name, cost.Capture / Unit)));

    /// <summary>Reads the current value; null after a problem.</summary>
    internal static ChunkCost? Read(ref JsonTokens tokens, JobProblems problems, string path)
    {
        int before = problems.All.Count;
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, path, "an object");
            return null;
        }

        long[] times = new long[3];
        s_all.Read(ref tokens, problems, path, times);
        return problems.All.Count == before ? new ChunkCost(times[0], times[1], times[2]) : null;
    }

    internal static void Write(Utf8JsonWriter json, string name, ChunkCost cost)
    {
        json.WriteStartObject(name);
        s_all.Write(json, cost);
        json.WriteEndObject();
    }

    /// <summary>Microseconds.</summary>
    private static long ReadTime(ref JsonTokens tokens, JobProblems problems, string path, long least)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetDecimal(out decimal value) && value >= least / Unit
            && value <= ChunkCost.Most / Unit)
        {
            return (long)(value * Unit);
        }

        JobValues.Report(ref tokens, problems, path, $"milliseconds from {(least == 0 ? "0" : "0.001")} to 86400000");
        return 0;
    }
}
