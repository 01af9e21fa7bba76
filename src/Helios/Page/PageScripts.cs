using System;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The JavaScript that helios injects into a page. The build packs the files into the binary, so that editors and linters see them.
/// </summary>
internal static class PageScripts
{
    /// <summary>Marks helios' own script of the page's worker.</summary>
    internal const string WorkerFragment = "#helios-pixels";

    /// <summary>The function by which frames that cannot be queried report their findings (prelude.js); the page cannot see it.</summary>
    internal const string Binding = "__helios_tell";

    /// <summary>The fix for a page that cannot be captured by paint.</summary>
    internal const string OtherCapture = "plan the job with --capture screenshot";

    /// <summary>Bytes before the first slot of the ring that the page writes its pixels to (Capture/FrameRing).</summary>
    internal const int RingHeaderSize = 4096;

    /// <summary>Slots of that ring: one being drawn, one being converted, and the one before it, to compare it with.</summary>
    internal const int RingSlots = 3;

    // All of them: a zero byte, the name, a line feed and the content of each.
    private static readonly string s_files = Encoding.UTF8.GetString(Inflater.Inflate(PackedFiles.Scripts, PackedFiles.ScriptsLength));

    /// <summary>Scripts for every new document, run before its own.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="hasHtmlInCanvas"><see cref="CompositionSource.HasHtmlInCanvas"/>.</param>
    internal static string Make(RenderOptions options, bool hasHtmlInCanvas)
    {
        var times = PageTimes.Of(options);
        string heard = options.AudioCodec == AudioCodec.None ? "false" : "true";
        return (options.Capture == CaptureMode.Screenshot ? "" : FillSize(Read("pixels.js"), options))
        + WrapShared(options, hasHtmlInCanvas, Read(
            "prelude.js", "callbacks.js", "loads.js", "watch.js", "sound.js", "workers.js", "layers.js", "facts.js", "horizon.js")
            .Replace("@EPOCH@", Number(VirtualClock.Epoch * 1000), StringComparison.Ordinal)
            .Replace("@LEAD@", Number(times.Lead), StringComparison.Ordinal)
            .Replace("@LENGTH@", Number(times.Length), StringComparison.Ordinal)
            .Replace("@PER_LENGTH@", Number(times.PerLength), StringComparison.Ordinal)
            .Replace("@STEPS@", Number(times.Steps), StringComparison.Ordinal)
            .Replace("@PER_STEPS@", Number(times.PerSteps), StringComparison.Ordinal)
            .Replace("@GROWTH@", Number(PageTimes.Growth), StringComparison.Ordinal)
            .Replace("@BLOCKED@", Quote(BlockedOf(options.Block)), StringComparison.Ordinal)
            .Replace("@PROPS@", Quote(Encoding.UTF8.GetString(options.Props.Span)), StringComparison.Ordinal))
        + Read("media.js").Replace("@HEARD@", heard, StringComparison.Ordinal)
        + FillSize(
            Wrap(Read("roots.js", "hooks.js", "videos.js", "declarations.js", "driver.js")) + Read("paint.js", "sole.js"), options)
            .Replace("@OPAQUE@", options.PixelFormat.HasAlpha ? "false" : "true", StringComparison.Ordinal)
            .Replace("@HOSTED@", options.Capture == CaptureMode.Paint ? "true" : "false", StringComparison.Ordinal)
        + Read("fonts.js", "hyperframes.js")
            .Replace("@HEARD@", heard, StringComparison.Ordinal)
        + Wrap(Read("variables.js", "addresses.js", "styles.js", "scripts.js", "compositions.js"))
            .Replace("@SITE@", CompositionServer.Origin, StringComparison.Ordinal)
            .Replace("@IS_FILE@", CompositionServer.IsFileUrl, StringComparison.Ordinal);
    }

    /// <summary>The host document in which a composition is painted.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="composition">URL of the composition.</param>
    internal static string MakeHost(RenderOptions options, string composition) => FillSize(Read("host.html"), options)
        .Replace("@OPAQUE@", options.PixelFormat.HasAlpha ? "false" : "true", StringComparison.Ordinal)
        .Replace("@HEADER@", Number(RingHeaderSize), StringComparison.Ordinal)
        .Replace("@SLOTS@", Number(RingSlots), StringComparison.Ordinal)
        .Replace("@URL@", Quote(composition), StringComparison.Ordinal);

    /// <summary>Script for a worker, run before its own.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="hasHtmlInCanvas">As of the page.</param>
    /// <param name="milliseconds">Time of the page when the worker begins.</param>
    internal static string MakeForWorker(RenderOptions options, bool hasHtmlInCanvas, double milliseconds) =>
        WrapShared(options, hasHtmlInCanvas, Read("worker.js")
            .Replace("@EPOCH@", Number(VirtualClock.Epoch * 1000), StringComparison.Ordinal)
            .Replace("@BORN@", Number(milliseconds), StringComparison.Ordinal));

    /// <summary>One function of the scripts that pages and workers share, and another.</summary>
    private static string WrapShared(RenderOptions options, bool hasHtmlInCanvas, string script) => Wrap(
        Read("shared.js")
            .Replace("@SEED@", Number(options.Seed), StringComparison.Ordinal)
            .Replace("@HTML_IN_CANVAS@", hasHtmlInCanvas ? "true" : "false", StringComparison.Ordinal)
        + Read("clocks.js", "answers.js", "connections.js", "offscreen.js", "contexts.js") + script);

    private static string FillSize(string script, RenderOptions options) => script
        .Replace("@WIDTH@", Number(options.Width), StringComparison.Ordinal)
        .Replace("@HEIGHT@", Number(options.Height), StringComparison.Ordinal)
        .Replace("@PIXEL_WIDTH@", Number(options.PixelWidth), StringComparison.Ordinal)
        .Replace("@PIXEL_HEIGHT@", Number(options.PixelHeight), StringComparison.Ordinal)
        .Replace("@SCALE@", Number((double)options.Scale), StringComparison.Ordinal);

    private static string Wrap(string script) => "(() => {\"use strict\";\n" + script + "})();\n";

    private static string BlockedOf(BlockList block)
    {
        var text = new StringBuilder("[");
        foreach (string pattern in block.Patterns) text.Append(text.Length > 1 ? "," : "").Append(Quote(pattern));
        return text.Append(']').ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A JavaScript string literal.</summary>
    internal static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.Default) + "\"";

    private static string Read(params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder();
        foreach (string name in names)
        {
            string heading = $"\0{name}\n";
            int start = s_files.IndexOf(heading, StringComparison.Ordinal);
            if (start < 0) throw new ArgumentException(name);
            start += heading.Length;
            text.Append(s_files, start, s_files.IndexOf('\0', start) - start);
        }

        return text.ToString();
    }
}
