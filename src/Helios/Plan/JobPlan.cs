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
            $"{Count(Spec.TotalFrames, "frame")} at {Spec.RenderOptions.FrameRate.ToDisplay()} fps"
            + $" in {Count(Chunks.Count, "chunk")} of {size}{longest}");
    }

    /// <summary><c>1 frame</c>, <c>2 frames</c>.</summary>
    internal static string Count(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
