using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Plan;
using Helios.Progress;
using Helios.Run.Probes;

namespace Helios.Cli;

/// <summary><c>--probe</c>: the page supplies values that were not typed, and shows how it gets to its frames.</summary>
internal static class ProbedOptions
{
    private static readonly string[] s_names = ["width", "height", "fps", "duration"];

    /// <summary>
    /// The same arguments with the page's declarations and what trying it has shown, both reported; unchanged where every value was typed.
    /// </summary>
    /// <param name="export">The typed options of the plan.</param>
    /// <param name="worker">The typed options of the browser.</param>
    /// <param name="progress">Receives the events.</param>
    /// <param name="triesPage">Whether it is tried. Not for render: no seam proves the answer for all of its outputs.</param>
    /// <exception cref="HeliosException">
    /// 64, 66: a mistake in the command line, before a browser starts; and as of <see cref="CompositionProbe.Run"/>.
    /// </exception>
    internal static ExportArguments Complete(
        ExportArguments export, WorkerArguments worker, ProgressSink progress, bool triesPage = false)
    {
        if (!export.IsProbed) return export;
        JobRequest request = export.ToProvisionalRequest();
        using var probe = new CompositionProbe(
            (directory, interrupts) => worker.ToProbeSettings(directory, interrupts, progress.Warn));
        ExportArguments known = export with
        {
            Props = export.Props is null ? null : Encoding.UTF8.GetString(request.RenderOptions.Props.Span), // a pipe can be read only once
        };
        var run = new ProbeRun(probe, found => (known with { Found = found }).ToTrialRequest(), progress)
        {
            NeedsDeclarations = !Array.TrueForAll(s_names, export.IsTyped),
            Describe = found => Describe(known with { Found = found }),
            ChoosesCapture = export.ChoosesCapture,
            Encoder = worker.Ffmpeg,
            TriesPage = triesPage,
            NeedsCost = export.Cost is null && new SplitArguments(export).NeedsCost,
            TypedHistory = export.TypedHistory,
            HasTypedRate = export.PageFps is not null,
        };
        return known with { Found = run.Run(request) };
    }

    private static PageProbed Describe(ExportArguments known)
    {
        JobRequest request = known.ToTrialRequest();
        var said = new List<string>();
        var defaults = new List<string>();
        var fromPage = new List<PageValue>();
        foreach (string name in s_names)
        {
            if (known.IsTyped(name)) continue;
            if (known.Found.Declarations![name] is { } statement)
            {
                said.Add($"{ValueOf(request.RenderOptions, name)} ({statement.Source})");
                fromPage.Add(new PageValue(name, statement.Source));
            }
            else
            {
                defaults.Add(ValueOf(request.RenderOptions, name));
            }
        }

        string text = Join("from the page: ", said.Count == 0 ? ["nothing"] : said) + Join("; default: ", defaults);
        return new PageProbed(request.RenderOptions, request.Frames.Count, fromPage, text);
    }

    private static string ValueOf(RenderOptions options, string name) => name switch
    {
        "width" => string.Create(CultureInfo.InvariantCulture, $"width {options.Width}"),
        "height" => string.Create(CultureInfo.InvariantCulture, $"height {options.Height}"),
        "fps" => string.Create(CultureInfo.InvariantCulture, $"fps {options.FrameRate.ToNumber()}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"duration {options.Duration}"),
    };

    private static string Join(string begin, List<string> words) => words.Count == 0 ? "" : begin + string.Join(", ", words);
}
