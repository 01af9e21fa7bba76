using System;
using System.Collections.Generic;
using Helios.Errors;
using Helios.Jobs;
using Helios.Plan;
using Helios.Render;
using Helios.Text;

namespace Helios.Cli.Options;

/// <summary>The typed options that decide how a job is cut into chunks.</summary>
internal sealed class SplitArguments(ExportArguments typed)
{
    private const string Start = "start", Preroll = "preroll", Capture = "capture";

    private static readonly string[] s_costs = [Start, Preroll, Capture];

    private const string CostForm =
        "give times such as preroll=6ms,capture=40ms and, if it matters, start=2s; export-job --probe measures them";

    /// <summary>Whether the chunks depend on what frames cost.</summary>
    internal bool NeedsCost => typed.TargetTime is not null || typed.Split == "cost";

    /// <exception cref="HeliosException">64: an impossible value, or two options that exclude each other.</exception>
    internal (ChunkSplit Split, long Number, ChunkCost? Cost) Read()
    {
        ChunkCost? cost = typed.Cost is not null ? ReadCost(typed.Cost) : MeasuredCost();
        if (typed.TargetTime is not null) return (ChunkSplit.Time, ReadTargetTime(cost), cost);
        if (typed.ChunkFrames is not null)
        {
            if (typed.Shards is not null) throw ExportArguments.Exclude("--chunk-frames", "--shards");
            if (typed.Split is not null) throw ExportArguments.Exclude("--chunk-frames", "--split");
            return (ChunkSplit.Fixed, ExportArguments.ReadInteger("--chunk-frames", typed.ChunkFrames, 1, FrameRange.MaxFrames, 1), cost);
        }

        ChunkSplit split = typed.Split switch
        {
            null or "ceil" => ChunkSplit.Ceil,
            "even" => ChunkSplit.Even,
            "cost" => ChunkSplit.Cost,
            _ => throw ExportArguments.Wrong("--split", typed.Split,
                "a way to split" + NearestName.Hint(typed.Split, ["ceil", "even", "cost"]),
                "use ceil (the last chunk takes the rest), even (sizes differ by at most one frame) or cost (equal predicted time)"),
        };
        if (split == ChunkSplit.Cost && cost is null) throw CommandLine.Wrong("--split cost needs --cost", CostForm);
        long most = split == ChunkSplit.Cost ? CostSplit.MostChunks : ChunkPlan.MaxChunks;
        return (split, ExportArguments.ReadInteger("--shards", typed.Shards, 1, most, 1), cost);
    }

    /// <summary>Costs as the page showed them here, rounded to what such a short trial can tell; null when it was not tried.</summary>
    private ChunkCost? MeasuredCost() => typed.Found.Trial is not { } trial
        ? null
        : new ChunkCost(Round(trial.Start, 100_000), trial.IsReplayed(typed.TypedHistory) ? Round(trial.Preroll, 10) : 0,
            Round(trial.Capture, 100));

    private static long Round(TimeSpan time, long unit) => Math.Max(1, (long)Math.Round(time.TotalMicroseconds / unit)) * unit;

    private long ReadTargetTime(ChunkCost? cost)
    {
        if (typed.ChunkFrames is not null) throw ExportArguments.Exclude("--target-time", "--chunk-frames");
        if (typed.Shards is not null) throw ExportArguments.Exclude("--target-time", "--shards");
        if (typed.Split is not null and not "cost") throw ExportArguments.Exclude("--target-time", "--split " + typed.Split);
        if (cost is null) throw CommandLine.Wrong("--target-time needs --cost", CostForm);
        return ReadTime(typed.TargetTime!) is long time and > 0
            ? time
            : throw ExportArguments.Wrong("--target-time", typed.TargetTime!, "a time of a chunk",
                "give one above 0 such as 60s, at most a day");
    }

    /// <summary>Reads the value of --cost.</summary>
    internal static ChunkCost ReadCost(string text)
    {
        var times = new Dictionary<string, long>();
        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (Array.IndexOf(s_costs, name) < 0) throw Wrong(part, "a cost" + NearestName.Hint(name, s_costs));
            if ((equals < 0 ? null : ReadTime(part[(equals + 1)..])) is not long time) throw Wrong(part, "a cost");
            if (!times.TryAdd(name, time)) throw CommandLine.Wrong($"--cost gives {name} twice", CostForm);
        }

        if (!times.TryGetValue(Preroll, out long preroll)) throw CommandLine.Wrong("--cost lacks preroll", CostForm);
        if (!times.TryGetValue(Capture, out long capture)) throw CommandLine.Wrong("--cost lacks capture", CostForm);
        if (capture == 0) throw Wrong(text, "a cost of a captured frame, which is above 0");
        return new ChunkCost(times.GetValueOrDefault(Start), preroll, capture);
    }

    private static HeliosException Wrong(string value, string kind) => ExportArguments.Wrong("--cost", value, kind, CostForm);

    /// <summary>Microseconds of a number with its unit, s or ms, from 0 to a day; null when it is none.</summary>
    private static long? ReadTime(string text)
    {
        bool isShort = text.EndsWith("ms", StringComparison.Ordinal);
        if (!isShort && !text.EndsWith('s')) return null;
        int places = isShort ? 3 : 6;
        if (!DecimalText.TryParse(text.AsSpan(0, text.Length - (isShort ? 2 : 1)), places, out long digits, out int given)) return null;
        Int128 time = (Int128)digits * DecimalText.PowerOfTen(places - given);
        return time <= ChunkCost.Most ? (long)time : null;
    }
}
