using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>Opens a page in a browser to read its declarations, before there is a plan. Draws nothing and leaves nothing behind.</summary>
internal static class PageProbe
{
    /// <param name="spec">A provisional job: the composition, and the options that the page can observe.</param>
    /// <param name="settings">As for a worker; no encoder is needed.</param>
    /// <exception cref="HeliosException">
    /// 64: outside --root; 65: the page is broken; 69: no such browser; 75: crash or time limit; 130, 143.
    /// </exception>
    internal static PageDeclarations Run(JobSpec spec, RenderSettings settings)
    {
        // a mode that can open every page: there need be no canvas element in a viewport of that size
        RenderOptions options = spec.RenderOptions with { Mode = RenderMode.Dom, Selector = null, Capture = CaptureMode.Screenshot };
        JobSpec opened = spec with { RenderOptions = options };
        using var session = new PageSession(opened, CompositionSource.Find(opened, settings), settings);
        session.Open();
        return session.Page.FindDeclarations();
    }
}
