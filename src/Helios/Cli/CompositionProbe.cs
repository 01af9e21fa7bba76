using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Cli.Options;
using Helios.Cli.Progress;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Render;

namespace Helios.Cli;

/// <summary>
/// <c>--probe</c>: the page says what was not typed. Stands between the typed words and <see cref="PageProbe"/>; what it
/// finds is an input of the plan like any other, so that planning itself never starts a process.
/// </summary>
internal static class CompositionProbe
{
    private static readonly string[] s_names = ["width", "height", "fps", "duration"];

    /// <summary>The same arguments with what the page says, told on stderr; unchanged where that is not asked for.</summary>
    /// <param name="export">What was typed.</param>
    /// <param name="worker">What was typed for the browser.</param>
    /// <param name="warn">Receives one line for people; null for stderr.</param>
    /// <exception cref="HeliosException">64, 66: a mistake in the command line, before a browser starts; and as of <see cref="PageProbe.Run"/>.</exception>
    internal static ExportArguments Ask(ExportArguments export, WorkerArguments worker, Action<string>? warn = null)
    {
        if (!export.IsProbed) return export;
        var progress = new ProgressLine(worker.Progress, worker.IsQuiet);
        try
        {
            JobRequest request = export.ToProvisionalRequest();
            ExportArguments known = export with
            {
                Facts = Run(request, worker, warn ?? progress.Warn),
                Props = export.Props is null ? null : Encoding.UTF8.GetString(request.RenderOptions.Props.Span), // a pipe is read once
            };
            Tell(known, progress);
            return known;
        }
        finally
        {
            progress.Close();
        }
    }

    private static PageDeclarations Run(JobRequest request, WorkerArguments worker, Action<string> warn)
    {
        string directory = CurrentDirectory.Get();
        JobSpec spec = JobPlanner.Plan(request, directory, InputFile.OpenRegular).Spec;
        WorkerArguments browser = worker;
        if (request.BaseUrl is not null || request.IsPortable)
        {
            // a page for a server lies here too, and the current directory is what the server shows
            spec = JobPlanner.Plan(request with { BaseUrl = null, IsPortable = false }, directory, InputFile.OpenRegular).Spec;
            if (request.BaseUrl is not null) browser = worker with { Root = worker.Root ?? directory };
        }

        using var interrupts = new Interrupts();
        PageDeclarations facts = PageProbe.Run(spec, browser.ToProbeSettings(directory, interrupts, warn));
        return spec.RenderOptions.Capture == RenderRules.Paint && facts.PaintRefusal.Length > 0 ? throw facts.RefusePaint() : facts;
    }

    private static void Tell(ExportArguments known, ProgressLine progress)
    {
        JobRequest request = known.ToRequest(static () => Guid.Empty);
        var said = new List<string>();
        var defaults = new List<string>();
        foreach (string name in s_names)
        {
            if (known.IsTyped(name)) continue;
            if (known.Facts![name] is { } statement) said.Add($"{ValueOf(request.RenderOptions, name)} ({statement.Source})");
            else defaults.Add(ValueOf(request.RenderOptions, name));
        }

        progress.Tell("page-probed", json => WriteMembers(json, known, request), Join("from the page: ", said.Count == 0 ? ["nothing"] : said) + Join("; default: ", defaults));
    }

    private static string ValueOf(RenderOptions options, string name) => name switch
    {
        "width" => string.Create(CultureInfo.InvariantCulture, $"width {options.Width}"),
        "height" => string.Create(CultureInfo.InvariantCulture, $"height {options.Height}"),
        "fps" => string.Create(CultureInfo.InvariantCulture, $"fps {options.Fps}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"duration {options.Duration}"),
    };

    private static string Join(string begin, List<string> words) => words.Count == 0 ? "" : begin + string.Join(", ", words);

    private static void WriteMembers(Utf8JsonWriter json, ExportArguments known, JobRequest request)
    {
        json.WriteNumber("width"u8, request.RenderOptions.Width);
        json.WriteNumber("height"u8, request.RenderOptions.Height);
        json.WriteString("frameRate"u8, request.RenderOptions.FrameRate);
        json.WriteNumber("totalFrames"u8, request.Frames.Count);
        json.WriteStartObject("fromPage"u8);
        foreach (string name in s_names)
            if (!known.IsTyped(name) && known.Facts![name] is { } statement) json.WriteString(name, statement.Source);
        json.WriteEndObject();
    }
}
