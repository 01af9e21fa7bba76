using System;
using Helios.Browser;
using Helios.Errors;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// Traits of the page's content so far that decide how it can be rendered, as far as events report them; the driver is queried for
/// the rest.
/// </summary>
internal sealed class PageTraits
{
    private readonly DevToolsSession _page;
    private readonly bool _isHosted;

    /// <param name="page">The page.</param>
    /// <param name="isHosted">Whether it is captured by paint.</param>
    internal PageTraits(DevToolsSession page, bool isHosted)
    {
        _page = page;
        _isHosted = isHosted;
        page.Connection.Subscribe("Runtime.bindingCalled"u8, message => OnTold(JsonFields.GetText(message.Body, "payload"u8) ?? ""));
    }

    /// <summary>Whether animated images were shown: they do not advance while frames are not displayed.</summary>
    internal bool HasMovingImages { get; private set; }

    /// <summary>Why the page's content cannot be captured by paint; empty when it can.</summary>
    internal string PaintRefusal { get; private set; } = "";

    /// <summary>Whether a frame of another site, or a sandboxed one, has requested WebGL; the driver knows about the others.</summary>
    internal bool UsesWebGl { get; private set; }

    /// <summary>Why such a frame needs all frames before a chunk displayed; empty when none does.</summary>
    internal string NeedsDisplay { get; private set; } = "";

    /// <summary>
    /// Handles an animated image. SVG images use timers of the machine's clock (Blink's SVGImage), so that no two runs show the
    /// same.
    /// </summary>
    /// <param name="url">URL of the image.</param>
    /// <param name="type">Its media type.</param>
    internal void NoteMovingImage(string url, string type)
    {
        if (type == PageImages.Svg)
        {
            throw new HeliosException(ExitCode.Invalid,
                $"the page shows {ErrorText.Shorten(url)}, an SVG image that moves by itself and not by the page's clock",
                _page.Where, "put its content into the document as an svg element, or make it a static image");
        }

        HasMovingImages = true;
        RefusePaint($"the page shows {ErrorText.Shorten(url)}, which moves by itself and cannot be captured by paint",
            PageScripts.OtherCapture);
    }

    /// <summary>Handles a response from another site. A canvas element does not show content that it may not read.</summary>
    /// <param name="use">Its use (Network.ResourceType).</param>
    /// <param name="url">Its URL.</param>
    internal void NoteOtherSite(string use, string url)
    {
        if (use is not ("Image" or "Media" or "Document")) return;
        RefusePaint($"the page shows {ErrorText.Shorten(url)} ({use}) of another site, which cannot be captured by paint",
            PageScripts.OtherCapture + ", or put the file into the project");
    }

    /// <summary>Handles a report of a frame that cannot be queried (prelude.js): name of the member of its state, space, value.</summary>
    private void OnTold(string said)
    {
        string value = said[(said.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        if (said.StartsWith("refusal ", StringComparison.Ordinal)) throw PageFaults.Refuse(value, _page.Where);
        if (said.StartsWith("usesWebGl ", StringComparison.Ordinal)) UsesWebGl = true;
        if (said.StartsWith("needsDisplay ", StringComparison.Ordinal)) NeedsDisplay = value;
    }

    /// <summary>Ends the render of a page that is captured by paint; otherwise only notes the refusal, for the probe.</summary>
    private void RefusePaint(string what, string fix)
    {
        if (_isHosted) throw new HeliosException(ExitCode.Invalid, what, _page.Where, fix);
        if (PaintRefusal.Length == 0) PaintRefusal = what;
    }
}
