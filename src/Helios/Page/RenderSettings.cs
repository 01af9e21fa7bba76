using System;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Page;

/// <summary>How frames before the chunk are gone through.</summary>
internal enum Preroll
{
    /// <summary>Undisplayed but for the last two; displayed where the page has what needs it.</summary>
    Auto,

    /// <summary>All displayed: slow, exact for every page.</summary>
    Displayed,

    /// <summary>None but frame 0: for pages that are functions of time alone.</summary>
    None,
}

/// <summary>
/// What one worker does differently from another with the same job spec. Frames stay the same unless the page can tell:
/// <see cref="Root"/>, <see cref="IsOffline"/> and <see cref="AllowsChanged"/> decide what it may read, <see cref="Preroll"/>
/// which earlier frames it lives through.
/// </summary>
internal sealed record RenderSettings
{
    /// <summary>Where relative paths of the spec start.</summary>
    internal required string Directory { get; init; }

    internal required string BrowserPath { get; init; }

    internal required string EncoderPath { get; init; }

    internal FfmpegProgram Ffmpeg => new(EncoderPath, Interrupts);

    /// <summary>Project directory that the page may read; null means the composition's own.</summary>
    internal string? Root { get; init; }

    internal bool IsOffline { get; init; }

    internal bool AllowsChanged { get; init; }

    internal Preroll Preroll { get; init; }

    /// <summary>What the receipt says of a way to go through earlier frames.</summary>
    internal static string HistoryOf(Preroll preroll) => preroll == Preroll.None ? Seal.Seek : Seal.Replay;

    /// <summary>Longest time for one frame, ms.</summary>
    internal required int FrameTimeout { get; init; }

    /// <summary>Longest time until the page is ready, ms.</summary>
    internal required int ReadyTimeout { get; init; }

    internal required Interrupts Interrupts { get; init; }

    /// <summary>Receives one line for people.</summary>
    internal required Action<string> Warn { get; init; }

    /// <summary>Called after each captured frame with the number of frames done.</summary>
    internal Action<long> OnFrame { get; init; } = static _ => { };

    /// <summary>Called when a phase begins.</summary>
    internal Action<RenderPhase> OnPhase { get; init; } = static _ => { };

    /// <summary>Called after each frame before the chunk with the number of frames done, and how many there are.</summary>
    internal Action<long, long> OnPreroll { get; init; } = static (_, _) => { };
}
