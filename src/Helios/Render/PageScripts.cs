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
        Read("prelude.js")
            .Replace("@SEED@", options.Seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@EPOCH@", (VirtualClock.Epoch * 1000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@PROPS@", Quote(Encoding.UTF8.GetString(options.Props.Span)), StringComparison.Ordinal)
        + Read("media.js") + Read("driver.js");

    /// <summary>A JavaScript string literal.</summary>
    internal static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.Default) + "\"";

    private static string Read(string name)
    {
        using Stream stream = typeof(PageScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
