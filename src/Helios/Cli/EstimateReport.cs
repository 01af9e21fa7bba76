using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Plan;
using Helios.Run;
using Helios.Text;

namespace Helios.Cli;

/// <summary>Output of estimate, as text or JSON.</summary>
/// <param name="estimate">The job.</param>
/// <param name="workers">Workers at a time; null for as many as are of use.</param>
/// <param name="cores">Cores of a worker.</param>
/// <param name="price">Of a core-hour; null for none.</param>
internal sealed class EstimateReport(JobEstimate estimate, int? workers, int cores, decimal? price)
{
    private readonly int _useful = estimate.Schedule.FindUseful();

    private int Workers => workers ?? _useful;

    private decimal CoreHours => ToHours(estimate.Schedule.Total);

    /// <exception cref="HeliosException">64: it is not a format.</exception>
    internal static bool IsJson(string? format) => format switch
    {
        null or "text" => false,
        "json" => true,
        _ => throw CommandLine.Wrong($"\"{ErrorText.OneLine(format)}\" is not a format{NearestName.Hint(format, ["text", "json"])}",
            "use text or json", "--format"),
    };

    /// <summary>A price such as 0.04/h.</summary>
    /// <exception cref="HeliosException">64: it is none.</exception>
    internal static decimal? ReadPrice(string? text)
    {
        const int Places = 6;
        if (text is null) return null;
        ReadOnlySpan<char> number = text.EndsWith("/h", StringComparison.Ordinal) ? text.AsSpan(0, text.Length - 2) : text;
        return DecimalText.TryParse(number, Places, out long digits, out int places)
            ? DecimalText.ToDecimal(digits, places)
            : throw ExportArguments.Wrong("--price", text, "a price of a core-hour", "give one such as 0.04/h");
    }

    internal void Print(bool isJson) => StandardStreams.WriteOutput(isJson ? ToJson() : ToText());

    private string ToText()
    {
        var text = new StringBuilder();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        ChunkCost cost = estimate.Cost;
        string source = estimate.Source switch
        {
            "cost" => "--cost",
            "spec" => "the job spec",
            _ => JobPlan.Count(estimate.Finished.TimedChunks, "finished chunk"),
        };
        text.Append(invariant, $"cost of a chunk, from {source}: start {Seconds(cost.Start)} s, ")
            .Append(invariant, $"a frame before it {cost.Preroll / 1000m:0.###} ms{(estimate.HasPlannedPreroll ? " (by the spec)" : "")}, ")
            .Append(invariant, $"a frame {cost.Capture / 1000m:0.###} ms\n");
        text.Append(invariant, $"work: {CoreHours:0.####} core-hours, {cores} cores a worker; ")
            .Append(invariant, $"{ToHours(estimate.DoneTime):0.####} are done\n");
        string time = Seconds(estimate.Schedule.TimeOf(Workers));
        text.Append(invariant, $"time: {time} s with {JobPlan.Count(Workers, "worker")}, then the merge\n");
        if (price is decimal each) text.Append(invariant, $"price: {CoreHours * each:0.00##} at {each} a core-hour\n");
        text.Append(invariant, $"more workers than {_useful} gain nothing: ")
            .Append(invariant, $"the longest chunk takes {Seconds(estimate.Schedule.Longest)} s\n");
        return text.ToString();
    }

    private string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, JobJson.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("jobId"u8, estimate.Spec.JobId);
            json.WriteNumber("totalFrames"u8, estimate.Spec.TotalFrames);
            json.WriteString("source"u8, estimate.Source);
            json.WriteNumber("finishedChunks"u8, estimate.Finished.Chunks);
            CostDocument.Write(json, "cost", estimate.Cost);
            json.WriteNumber("coresPerWorker"u8, cores);
            json.WriteNumber("coreHours"u8, CoreHours);
            json.WriteNumber("doneCoreHours"u8, ToHours(estimate.DoneTime));
            json.WriteNumber("workers"u8, Workers);
            json.WriteNumber("seconds"u8, ToSeconds(estimate.Schedule.TimeOf(Workers)));
            if (price is decimal each) json.WriteNumber("price"u8, decimal.Round(CoreHours * each, 4));
            json.WriteNumber("usefulWorkers"u8, _useful);
            json.WriteNumber("longestChunkSeconds"u8, ToSeconds(estimate.Schedule.Longest));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private decimal ToHours(Int128 time) => CostTally.ToCoreHours(time, cores);

    private static decimal ToSeconds(long time) => decimal.Round(time / 1_000_000m, 1);

    private static string Seconds(long time) => ToSeconds(time).ToString("0.0", CultureInfo.InvariantCulture);
}
