using System;
using System.Collections.Generic;
using Helios.Errors;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// Finds out whether what a page shows depends on how many animation frames it gets: compares frames of the video at its own rate with the
/// same frames at that of a screen. Only comparing can tell: many pages ask for the time, and move a step a frame all the same.
/// </summary>
internal static class RateProbe
{
    private const int Compared = 4; // neighbouring frames, from each of these on
    private const long Before = 2; // frames that are displayed before them
    private static readonly int[] s_starts = [12, 34];

    /// <summary>The rate of most screens, for which pages are made.</summary>
    internal static readonly FrameRate Screen = FrameRate.OfWhole(60);

    /// <summary>Whether the job's page could have more animation frames, and nothing is said of its rate.</summary>
    internal static bool IsWorthwhile(RenderOptions options) => options.PageRate is null && options.FrameRate != Screen
        && PageTimes.TryCreate(options.FrameRate, Screen, out _);

    /// <returns>The first compared frame that is another one; null where all are the same, or the page runs no animation frames.</returns>
    /// <param name="spec">The job.</param>
    /// <param name="settings">As for a worker; no encoder is needed.</param>
    /// <param name="browser">The browser.</param>
    internal static long? Run(JobSpec spec, RenderSettings settings, TaskBrowser browser)
    {
        try
        {
            List<SeenFrame>? own = Walk(spec, settings, browser, isOwn: true);
            if (own is null) return null;
            var others = Walk(spec with { RenderOptions = spec.RenderOptions with { PageRate = Screen } }, settings,
                browser, isOwn: false)!;
            for (int i = 0; i < own.Count; i++)
                if (own[i].Digest != others[i].Digest) return own[i].Frame;
            return null;
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.Temporary)
        {
            return null; // a worker will say it
        }
    }

    /// <returns>Null where the page runs no animation frames at its own rate.</returns>
    private static List<SeenFrame>? Walk(JobSpec spec, RenderSettings settings, TaskBrowser browser, bool isOwn)
    {
        using var session = new PageSession(spec, CompositionSource.Find(spec, settings), settings, browser);
        session.Open();
        CompositionPage page = session.Page;
        _ = page.WatchFrames();
        page.Begin();
        var digests = new List<SeenFrame>();
        long end = Math.Min(s_starts[^1] + Compared, spec.RenderOptions.StartFrame + spec.TotalFrames);
        for (long frame = 1; frame < end; frame++)
        {
            int wanted = s_starts[Array.FindIndex(s_starts, first => frame < first + Compared)];
            if (frame < wanted) page.Pass(frame, isDisplayed: frame >= wanted - Before);
            else digests.Add(new SeenFrame(frame, TrialFrame.Take(page, frame, settings) ?? digests[^1].Digest));
            if (isOwn && frame == s_starts[0] && !page.RunsFrames()) return null;
        }

        page.Capture.Finish();
        return digests;
    }

    /// <summary>A frame that was captured.</summary>
    private sealed class SeenFrame(long frame, string digest)
    {
        internal long Frame => frame;

        internal string Digest => digest;
    }
}
