using System;
using System.Collections.Generic;
using System.Diagnostics;
using Helios.Errors;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// Before a job is planned, finds out whether its page may jump to a frame, and what frames cost: it runs the first frames. If helios may
/// not jump in them and the page has no hook, it compares a few with the same frames after a jump: only a comparison shows whether such a
/// page depends on time alone. Whether that also holds later shows only at the seams of the chunks.
/// </summary>
/// <param name="spec">The job; only its composition and options count.</param>
/// <param name="settings">As for a worker; no encoder is needed.</param>
internal sealed class HistoryProbe(JobSpec spec, RenderSettings settings)
{
    /// <summary>Frames that are run: two seconds of most pages.</summary>
    internal const int Frames = 60;

    /// <summary>Frames of the shortest job that is tried; running all of a shorter one takes no longer.</summary>
    internal const int FewestFrames = 4 * Frames;

    private const int FewestFree = Frames / 3; // of the second half

    private const int Compared = 4; // neighbouring frames, from each of these on
    private static readonly int[] s_starts = [12, 34, 56];

    private readonly List<string> _replayed = [];
    private readonly List<string> _sought = [];

    /// <exception cref="HeliosException">As of <see cref="PageProbe.Run"/>.</exception>
    internal PageTrial Run()
    {
        var costs = new FrameCosts();
        bool isSure = Walk(History.Replay, _replayed, costs);
        bool moves = new HashSet<string>(_replayed).Count > 1; // a static page tells nothing
        if (isSure || !moves) return costs.ToTrial(isSure ? TrialResult.Jumps : TrialResult.StandsStill, differentFrame: null);
        try
        {
            _ = Walk(History.Seek, _sought, new FrameCosts());
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.Temporary)
        {
            return costs.ToTrial(TrialResult.DependsOnHistory, s_starts[0]); // it breaks after a jump, and need not be taken through one
        }

        for (int i = 0; i < _replayed.Count; i++)
        {
            if (_replayed[i] != _sought[i])
                return costs.ToTrial(TrialResult.DependsOnHistory, s_starts[i / Compared] + (i % Compared));
        }

        return costs.ToTrial(TrialResult.DependsOnTime, differentFrame: null);
    }

    /// <summary>Goes through the frames and notes digests of those to compare.</summary>
    /// <returns>Whether helios may jump in the second half of them.</returns>
    private bool Walk(History history, List<string> digests, FrameCosts costs)
    {
        using var session = new PageSession(spec, CompositionSource.Find(spec, settings), settings);
        long start = Stopwatch.GetTimestamp();
        session.Open();
        costs.Start = Stopwatch.GetElapsedTime(start);
        CompositionPage page = session.Page;
        page.Begin();
        long free = 0;
        for (long frame = 1; frame < Frames; frame++)
        {
            int next = Array.FindIndex(s_starts, first => frame < first + Compared);
            long wanted = s_starts[next];
            if (history == History.Seek) frame = Math.Max(frame, page.TrustPage(wanted - PageSession.DisplayedBefore));
            else if (page.FindNextFrame(frame, frame + 1) > frame && frame > Frames / 2) free++;
            costs.Observer = page.Observer ?? costs.Observer;
            start = Stopwatch.GetTimestamp();
            if (frame >= wanted)
            {
                void AddCapture() => costs.AddCapture(Stopwatch.GetElapsedTime(start));
                digests.Add(TrialFrame.Take(page, frame, settings, AddCapture) ?? digests[^1]);
                continue;
            }

            bool isDisplayed = frame >= wanted - PageSession.DisplayedBefore;
            page.Pass(frame, isDisplayed);
            if (!isDisplayed) costs.AddPreroll(Stopwatch.GetElapsedTime(start));
        }

        page.Capture.Finish();
        return free >= FewestFree;
    }
}
