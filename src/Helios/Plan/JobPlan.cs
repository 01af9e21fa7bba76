using System;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Plan;

/// <summary>A planned job: the spec and its chunks, which are computed one by one during writing.</summary>
internal sealed record JobPlan(JobSpec Spec, ChunkPlan Chunks, ChunkFileNames ChunkFiles)
{
    /// <summary><c>60 frames at 30 fps in 4 chunks of 15</c>.</summary>
    internal string Summarize()
    {
        long longest = Chunks.LongestChunk;
        string size = longest * Chunks.Count == Spec.TotalFrames ? "" : "up to ";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Count(Spec.TotalFrames, "frame")} at {Spec.RenderOptions.FrameRate.ToDisplay()} fps{DescribePage()}"
            + $" in {Count(Chunks.Count, "chunk")} of {size}{longest}{DescribeCost()}");
    }

    /// <summary><c> (page at 60)</c>; empty where it has the video's rate.</summary>
    private string DescribePage() => Spec.RenderOptions.PageRate is FrameRate rate ? $" (page at {rate.ToDisplay()})" : "";

    /// <summary><c>, about 58 to 60 s each</c>; empty without costs.</summary>
    private string DescribeCost()
    {
        if (Spec.Cost is not ChunkCost cost) return "";
        Int128 least = Int128.MaxValue, most = 0;
        for (int i = 0; i < Chunks.Count; i++)
        {
            FrameRange chunk = Chunks[i];
            Int128 time = cost.Of(chunk.Start, chunk.Count);
            (least, most) = (Int128.Min(least, time), Int128.Max(most, time));
        }

        string range = least == most ? "" : CostSplit.ToSeconds(least) + " to ";
        return $", about {range}{CostSplit.ToSeconds(most)} s each";
    }

    /// <summary><c>1 frame</c>, <c>2 frames</c>.</summary>
    internal static string Count(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
