using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>The JavaScript that helios brings into a page. The files are resources of the binary, so that editors and linters see them.</summary>
internal static class PageScripts
{
    /// <summary>Scripts for every new document, before any of its own.</summary>
    internal static string Make(RenderOptions options) =>
        (options.Capture == RenderRules.Screenshot ? "" : Read("pixels.js"))
        + Read("prelude.js")
            .Replace("@SEED@", options.Seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@EPOCH@", (VirtualClock.Epoch * 1000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@PROPS@", Quote(Encoding.UTF8.GetString(options.Props.Span)), StringComparison.Ordinal)
        + Read("media.js") + Read("driver.js").Replace("@HOSTED@", options.Capture == RenderRules.Paint ? "true" : "false", StringComparison.Ordinal);

    /// <summary>The document of ours in which a composition is painted.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="composition">URL of the composition.</param>
    internal static string MakeHost(RenderOptions options, string composition) => Read("host.html")
        .Replace("@WIDTH@", Number(options.Width), StringComparison.Ordinal)
        .Replace("@HEIGHT@", Number(options.Height), StringComparison.Ordinal)
        .Replace("@OPAQUE@", EncoderArgs.HasAlpha(options.PixelFormat) ? "false" : "true", StringComparison.Ordinal)
        .Replace("@HEADER@", Number(FrameRing.HeaderSize), StringComparison.Ordinal)
        .Replace("@SLOTS@", Number(FrameRing.Slots), StringComparison.Ordinal)
        .Replace("@URL@", Quote(composition), StringComparison.Ordinal);

    /// <summary>A JavaScript string literal.</summary>
    internal static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.Default) + "\"";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Read(string name)
    {
        using Stream stream = typeof(PageScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
