using System;
using Helios.Browser;
using Helios.Errors;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// What a page has shown so far that decides how it can be rendered, as far as events report it; the driver is asked for
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

    /// <summary>Whether images have been shown that move by themselves: they do not while frames are not displayed.</summary>
    internal bool HasMovingImages { get; private set; }

    /// <summary>Why what the page has loaded cannot be captured by paint; empty when it can.</summary>
    internal string PaintRefusal { get; private set; } = "";

    /// <summary>Whether a frame of another site, or a sandboxed one, has asked for WebGL; of the others the driver knows.</summary>
    internal bool UsesWebGl { get; private set; }

    /// <summary>Why such a frame needs all frames before a chunk displayed; empty when none does.</summary>
    internal string NeedsDisplay { get; private set; } = "";

    /// <summary>
    /// An image moves by itself. SVG images go by timers of the machine's clock (Blink's SVGImage), so that no two runs show the same.
    /// </summary>
    /// <param name="url">Of the image.</param>
    /// <param name="type">Its media type.</param>
    internal void NoteMovingImage(string url, string type)
    {
        if (type == PageImages.Svg)
        {
            throw new HeliosException(ExitCode.Invalid,
                $"the page shows {ErrorText.Shorten(url)}, an SVG picture that moves by itself and not by the page's clock",
                _page.Where, "put its content into the document as an svg element, or make it a still picture");
        }

        HasMovingImages = true;
        RefusePaint($"the page shows {ErrorText.Shorten(url)}, which moves by itself and cannot be captured by paint",
            PageScripts.OtherCapture);
    }

    /// <summary>Something of another site has come. A canvas element does not show what it may not read.</summary>
    /// <param name="use">What it is for (Network.ResourceType).</param>
    /// <param name="url">Its URL.</param>
    internal void NoteOtherSite(string use, string url)
    {
        if (use is not ("Image" or "Media" or "Document")) return;
        RefusePaint($"the page shows {ErrorText.Shorten(url)} ({use}) of another site, which cannot be captured by paint",
            PageScripts.OtherCapture + ", or put the file into the project");
    }

    /// <summary>A frame that cannot be asked tells a member of its state (prelude.js): name, space, value.</summary>
    private void OnTold(string said)
    {
        string value = said[(said.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        if (said.StartsWith("refusal ", StringComparison.Ordinal)) throw PageFaults.Refuse(value, _page.Where);
        if (said.StartsWith("usesWebGl ", StringComparison.Ordinal)) UsesWebGl = true;
        if (said.StartsWith("needsDisplay ", StringComparison.Ordinal)) NeedsDisplay = value;
    }

    /// <summary>Ends the render of a page that is captured so; of another the refusal is only noted, for the probe.</summary>
    private void RefusePaint(string what, string fix)
    {
        if (_isHosted) throw new HeliosException(ExitCode.Invalid, what, _page.Where, fix);
        if (PaintRefusal.Length == 0) PaintRefusal = what;
    }
}
