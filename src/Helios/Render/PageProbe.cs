using Helios.Errors;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>Opens a page in a browser to read its declarations, before there is a plan. Leaves nothing behind.</summary>
internal static class PageProbe
{
    private const int Frames = 10; // that are run where the page runs in animation frames

    /// <param name="spec">A provisional job: the composition, and the options that the page can observe.</param>
    /// <param name="settings">As for a worker; no encoder is needed.</param>
    /// <param name="browser">The browser.</param>
    /// <exception cref="HeliosException">
    /// 64: outside --root; 65: the page is broken; 69: no such browser; 75: crash or time limit; 130, 143.
    /// </exception>
    internal static PageDeclarations Run(JobSpec spec, RenderSettings settings, TaskBrowser browser)
    {
        // a mode that can open every page: there need be no canvas element in a viewport of that size
        bool looksForSteps = RateProbe.IsWorthwhile(spec.RenderOptions);
        FrameRate rate = looksForSteps ? RateProbe.Screen : spec.RenderOptions.FrameRate; // which is not known yet, perhaps
        RenderOptions options = spec.RenderOptions with
        {
            FrameRate = rate,
            Mode = RenderMode.Dom,
            Selector = null,
            Capture = CaptureMode.Screenshot,
        };
        JobSpec opened = spec with { RenderOptions = options };
        using var session = new PageSession(opened, CompositionSource.Find(opened, settings), settings, browser);
        session.Open();
        PageDeclarations found = session.Page.FindDeclarations();
        found.StepsUntimed = looksForSteps && StepsUntimed(session.Page);
        return found;
    }

    /// <summary>Whether the page's first frames run without asking for the time, so that it pays to compare two rates of them.</summary>
    private static bool StepsUntimed(CompositionPage page)
    {
        if (!page.WatchFrames()) return false;
        try
        {
            page.Begin();
            for (long frame = 1; frame < Frames; frame++) page.Pass(frame, isDisplayed: false);
            return page.StepsUntimed();
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.Temporary)
        {
            return false; // a worker will say it, if the job comes that far
        }
    }
}
