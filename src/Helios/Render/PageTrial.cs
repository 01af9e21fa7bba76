using System;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>How a page got to its frames when that was tried.</summary>
internal enum TrialResult
{
    /// <summary>Nothing in it observes frames, or a hook takes it to them.</summary>
    Jumps,

    /// <summary>It draws in every frame, but all compared frames were the same: nothing is known.</summary>
    StandsStill,

    /// <summary>It draws in every frame, and its frames are the same after a jump.</summary>
    DependsOnTime,

    /// <summary>It draws in every frame, and one of them is another after a jump.</summary>
    DependsOnHistory,
}

/// <summary>What trying a page has shown.</summary>
/// <param name="Result">How it got to its frames.</param>
/// <param name="DifferentFrame">The first frame that was another after a jump.</param>
/// <param name="Observer">What observes its frames, so that they are run, in words; null when nothing does or is known to.</param>
/// <param name="Start">Time until it was ready, with the start of the browser.</param>
/// <param name="Preroll">Time of a frame that is run without being displayed.</param>
/// <param name="Capture">Time of a captured frame, without its encoding.</param>
internal sealed record PageTrial(TrialResult Result, long? DifferentFrame, string? Observer, TimeSpan Start, TimeSpan Preroll,
    TimeSpan Capture)
{
    /// <summary>The history that fits it. One that depends on earlier frames is replayed by <c>auto</c>, too, where it has to be.</summary>
    internal History History => Result == TrialResult.DependsOnTime ? History.Seek : History.Auto;

    /// <summary>Whether the frames before a chunk are run.</summary>
    /// <param name="typed">History that the command line asks for; null: the one that fits.</param>
    internal bool IsReplayed(History? typed)
    {
        History history = typed ?? History;
        return history == History.Replay || (history == History.Auto && Result != TrialResult.Jumps);
    }
}

/// <summary>Sums of times, of which averages are made.</summary>
internal sealed class FrameCosts
{
    private TimeSpan _preroll;
    private TimeSpan _capture;
    private int _prerolls;
    private int _captures;

    internal TimeSpan Start { get; set; }

    internal string? Observer { get; set; }

    internal void AddPreroll(TimeSpan time) => (_preroll, _prerolls) = (_preroll + time, _prerolls + 1);

    internal void AddCapture(TimeSpan time) => (_capture, _captures) = (_capture + time, _captures + 1);

    internal PageTrial ToTrial(TrialResult result, long? differentFrame) =>
        new(result, differentFrame, Observer, Start, _preroll / Math.Max(1, _prerolls), _capture / Math.Max(1, _captures));
}
