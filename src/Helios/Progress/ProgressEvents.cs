using System;
using System.Collections.Generic;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Page;
using Helios.Render;

namespace Helios.Progress;

/// <summary>An event, for people and for programs. docs/progress.md describes the programs' format.</summary>
internal abstract record ProgressEvent;

/// <summary>A warning.</summary>
internal sealed record Warned(string Text) : ProgressEvent;

/// <summary>Something that people may want to know, and that is no warning.</summary>
internal sealed record Noted(string Text) : ProgressEvent;

/// <summary>The command fails; the error boundary prints the line for people.</summary>
internal sealed record Failed(HeliosException Error) : ProgressEvent;

/// <summary>A value that the page supplied.</summary>
/// <param name="name">width, height, fps or duration.</param>
/// <param name="source">Where the page declares it.</param>
internal sealed class PageValue(string name, string source)
{
    internal string Name => name;

    internal string Source => source;
}

/// <summary>The page supplied values that no option gave (<c>--probe</c>).</summary>
/// <param name="Options">Size and rate as planned.</param>
/// <param name="TotalFrames">As planned.</param>
/// <param name="FromPage">Values that the page supplied and where it declares them.</param>
/// <param name="Text">All of it in one line.</param>
internal sealed record PageProbed(RenderOptions Options, long TotalFrames, IReadOnlyList<PageValue> FromPage,
    string Text) : ProgressEvent;

/// <summary>The page was tried (<c>--probe</c>).</summary>
/// <param name="Trial">What it has shown.</param>
/// <param name="Typed">History that the command line asks for; null: that of the job comes from the trial.</param>
/// <param name="TotalFrames">As planned.</param>
internal sealed record PageTried(PageTrial Trial, History? Typed, long TotalFrames) : ProgressEvent
{
    /// <summary>Shards beyond which twice as many save less than a tenth of the time of the job.</summary>
    internal long UsefulShards
    {
        get
        {
            // with n equal chunks the last one takes a + b/n: its start and all frames before it, and its own frames in their place
            double preroll = Trial.IsReplayed(Typed) ? Trial.Preroll.TotalMilliseconds : 0;
            double fixedTime = Trial.Start.TotalMilliseconds + (preroll * TotalFrames);
            double shared = (Trial.Capture.TotalMilliseconds - preroll) * TotalFrames;
            return Math.Clamp((long)Math.Ceiling(4 * shared / Math.Max(1, fixedTime)), 1, TotalFrames);
        }
    }
}

/// <summary>The capture mode was chosen by comparing (<c>--probe</c>, <c>render</c>).</summary>
internal sealed record CaptureChosen(CaptureTrial Trial) : ProgressEvent;

/// <summary>How many workers are used (<c>--explain</c>).</summary>
internal sealed record WorkersChosen(int Workers, int Chunks, string Reason) : ProgressEvent;

/// <summary>A worker begins a phase.</summary>
internal sealed record PhaseBegun(int Chunk, RenderPhase Phase) : ProgressEvent;

/// <summary>A frame before the chunk is done.</summary>
/// <param name="Chunk">Id of the chunk.</param>
/// <param name="Frames">Done so far.</param>
/// <param name="TotalFrames">Before the chunk.</param>
internal sealed record PrerollAdvanced(int Chunk, long Frames, long TotalFrames) : ProgressEvent;

/// <summary>A frame of the chunk is done.</summary>
/// <param name="Chunk">Id of the chunk.</param>
/// <param name="Frames">Done so far.</param>
/// <param name="TotalFrames">Of the chunk.</param>
/// <param name="Rate">Frames a second.</param>
internal sealed record ChunkAdvanced(int Chunk, long Frames, long TotalFrames, double Rate) : ProgressEvent;

/// <summary>The chunk was complete before.</summary>
internal sealed record ChunkSkipped(int Chunk, string Output) : ProgressEvent;

/// <summary>The chunk is complete.</summary>
/// <param name="Chunk">Id of the chunk.</param>
/// <param name="Frames">Of the chunk.</param>
/// <param name="Bytes">Of its file.</param>
/// <param name="Timings">Where the time went.</param>
/// <param name="Output">Path of the chunk file; null in a run, whose summary reports it.</param>
internal sealed record ChunkFinished(int Chunk, long Frames, long Bytes, ReceiptTimings Timings, string? Output) : ProgressEvent;

/// <summary>The single frame is published.</summary>
internal sealed record StillFinished(long Frame, ReceiptTimings Timings, string Output) : ProgressEvent;

/// <summary>The contact sheet is published.</summary>
internal sealed record SheetFinished(int Frames, string Output) : ProgressEvent;

/// <summary>The complete chunks are known, and the run begins.</summary>
internal sealed record RunStarted(RunStatus Status) : ProgressEvent;

/// <summary>A worker was started.</summary>
/// <param name="Chunk">Id of the chunk.</param>
/// <param name="Frames">Of the chunk.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record ChunkStarted(int Chunk, long Frames, int Attempt) : ProgressEvent;

/// <summary>A chunk failed and is tried again.</summary>
/// <param name="Chunk">Id of the chunk.</param>
/// <param name="Attempt">The one that failed, from 1.</param>
/// <param name="Error">Why.</param>
/// <param name="Delay">Until the next attempt, ms.</param>
internal sealed record ChunkFailed(int Chunk, int Attempt, HeliosException Error, int Delay) : ProgressEvent;

/// <summary>A row of a batch failed for good; the others continue.</summary>
internal sealed record RowFailed(int Row, HeliosException Error) : ProgressEvent;

/// <summary>Status of the run; several times a second while workers render.</summary>
internal sealed record RunAdvanced(RunStatus Status) : ProgressEvent;

/// <summary>The video is verified and published, or the last frame is.</summary>
internal sealed record RunFinished(RunStatus Status) : ProgressEvent;

/// <summary>All chunks are complete, and the merge begins.</summary>
internal sealed record MergeStarted(int Chunks) : ProgressEvent;

/// <summary>Some frames were merged.</summary>
/// <param name="Frames">So far.</param>
/// <param name="TotalFrames">Of the job.</param>
/// <param name="Rate">Frames a second; null in a run, of which the merge is a small part.</param>
internal sealed record MergeAdvanced(long Frames, long TotalFrames, double? Rate) : ProgressEvent;

/// <summary>The video is verified and published.</summary>
internal sealed record MergeFinished(string JobId, MergeResult Result) : ProgressEvent;
