using System;
using Helios.Browser;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Page;

/// <summary>How the page is advanced through the frames before the chunk; each is at least as exact as the one before.</summary>
internal enum Preroll
{
    /// <summary>By the job's <see cref="Jobs.History"/>.</summary>
    AsPlanned,

    /// <summary>Every frame runs; undisplayed except for the last two, or displayed when the page needs it.</summary>
    Replay,

    /// <summary>Every frame runs and is displayed: slow, exact for every page.</summary>
    Displayed,
}

/// <summary>
/// Settings in which workers with the same job spec may differ. Frames stay the same unless the page can observe them:
/// <see cref="Root"/>, <see cref="IsOffline"/> and <see cref="AllowsChanged"/> decide what it may read, <see cref="Preroll"/>
/// decides which earlier frames it runs.
/// </summary>
internal sealed record RenderSettings
{
    /// <summary>Base directory of the spec's relative paths.</summary>
    internal required string Directory { get; init; }

    internal required BrowserProgram Browser { get; init; }

    internal required string EncoderPath { get; init; }

    internal FfmpegProgram Ffmpeg => new(EncoderPath, Interrupts);

    /// <summary>Project directory that the page may read; null means the composition's own.</summary>
    internal string? Root { get; init; }

    internal bool IsOffline { get; init; }

    internal bool AllowsChanged { get; init; }

    internal Preroll Preroll { get; init; }

    /// <summary>
    /// Whether frames of a page that a hook takes to them are jumped over on its word. Pictures have no seam that would prove it.
    /// </summary>
    internal bool TrustsHooks { get; init; } = true;

    /// <summary>The history of a worker with these settings.</summary>
    internal History HistoryOf(RenderOptions options) => Preroll == Preroll.AsPlanned ? options.History : History.Replay;

    /// <summary>Longest time for one frame, ms.</summary>
    internal required int FrameTimeout { get; init; }

    /// <summary>Longest time until the page is ready, ms.</summary>
    internal required int ReadyTimeout { get; init; }

    internal required Interrupts Interrupts { get; init; }

    /// <summary>Receives one line of text.</summary>
    internal required Action<string> Warn { get; init; }

    /// <summary>Called after each captured frame with the number of frames done.</summary>
    internal Action<long> OnFrame { get; init; } = static _ => { };

    /// <summary>Called when a phase begins.</summary>
    internal Action<RenderPhase> OnPhase { get; init; } = static _ => { };

    /// <summary>Called after each frame before the chunk with the number of frames done, and their total.</summary>
    internal Action<long, long> OnPreroll { get; init; } = static (_, _) => { };
}
