using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli;

/// <summary><c>--probe</c>: the page supplies values that were not typed.</summary>
internal static class ProbedOptions
{
    private static readonly string[] s_names = ["width", "height", "fps", "duration"];

    /// <summary>The same arguments with the page's declarations, reported on stderr; unchanged without --probe.</summary>
    /// <param name="export">The typed options of the plan.</param>
    /// <param name="worker">The typed options of the browser.</param>
    /// <param name="progress">Receives the page's declarations.</param>
    /// <exception cref="HeliosException">
    /// 64, 66: a mistake in the command line, before a browser starts; and as of <see cref="CompositionProbe.Run"/>.
    /// </exception>
    internal static ExportArguments Complete(ExportArguments export, WorkerArguments worker, ProgressSink progress)
    {
        if (!export.IsProbed) return export;
        JobRequest request = export.ToProvisionalRequest();
        ExportArguments known = export with
        {
            Facts = CompositionProbe.Run(request,
                (directory, interrupts) => worker.ToProbeSettings(directory, interrupts, progress.Warn)),
            Props = export.Props is null ? null : Encoding.UTF8.GetString(request.RenderOptions.Props.Span), // a pipe can be read only once
        };
        progress.Report(Describe(known));
        return known;
    }

    private static PageProbed Describe(ExportArguments known)
    {
        JobRequest request = known.ToRequest();
        var said = new List<string>();
        var defaults = new List<string>();
        var fromPage = new List<(string Name, string Source)>();
        foreach (string name in s_names)
        {
            if (known.IsTyped(name)) continue;
            if (known.Facts![name] is { } statement)
            {
                said.Add($"{ValueOf(request.RenderOptions, name)} ({statement.Source})");
                fromPage.Add((name, statement.Source));
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
