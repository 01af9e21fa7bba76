using Helios.Browser;
using Helios.Capture;
using Helios.Jobs;
using Helios.Os;
using Helios.Page;

namespace Helios.Render;

/// <summary>Opens a page in a browser to ask what it says of itself, before there is a plan. Nothing is drawn, nothing is left behind.</summary>
internal static class PageProbe
{
    /// <param name="spec">A provisional job: the composition, and what of the options the page can see.</param>
    /// <param name="settings">As for a worker; no encoder is needed.</param>
    /// <exception cref="HeliosException">64: outside --root; 65: the page is broken; 69: no such browser; 75: crash or time limit; 130, 143.</exception>
    internal static PageFacts Run(JobSpec spec, RenderSettings settings)
    {
        // as every page can be opened: there need be no canvas element in a viewport of that size
        RenderOptions options = spec.RenderOptions with { Mode = "dom", Selector = null, Capture = RenderRules.Screenshot };
        CompositionSource source = CompositionSource.Find(spec with { RenderOptions = options }, settings);
        PageFacts facts;
        using (Chromium browser = Chromium.Start(options.Capture, settings.BrowserPath, settings.IsOffline, settings.Interrupts, settings.Warn))
        using (CompositionPage page = CompositionPage.Open(browser, source, options, settings, CaptureChoice.Make))
            facts = page.FindFacts();
        settings.Interrupts.ThrowIfRequested(); // nobody else looks while the browser ends
        return facts;
    }
}
