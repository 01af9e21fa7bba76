using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Os;
using Helios.Page;
using Helios.Plan;
using Helios.Progress;
using Helios.Render;
using Helios.Run;

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
        if (!Array.TrueForAll(s_names, export.IsTyped))
        {
            known = known with { Facts = probe.Run(request) };
            progress.Report(Describe(known));
        }

        known = known with { Chosen = ChooseCapture(known, worker, probe, progress) };
        bool needsCost = export.Cost is null && new SplitArguments(export).NeedsCost;
        request = known.ToTrialRequest();
        if (triesPage && (needsCost || (export.History is null && request.Frames.Count >= HistoryProbe.FewestFrames)))
        {
            known = Try(known, request, probe, progress);
            progress.Report(new PageTried(known.Trial!, export.TypedHistory, request.Frames.Count));
        }

        bool isOpened = known.Facts is not null || known.Trial is not null;
        if (export.PageFps is null && (triesPage ? isOpened : known.Facts?.StepsUntimed == true)) WarnOfSteps(request, probe, progress);
        return known;
    }

    /// <summary>With the trial; a page that refuses the chosen way in it is captured by screenshot.</summary>
    private static ExportArguments Try(ExportArguments known, JobRequest request, CompositionProbe probe, ProgressSink progress)
    {
        try
        {
            return known with { Trial = probe.Try(request) };
        }
        catch (HeliosException error) when (error.Reason == Reason.CannotCapture && known.Chosen is CaptureTrial chosen)
        {
            known = known with { Chosen = chosen with { Capture = CaptureMode.Screenshot, FrameTime = null, Reason = error.What } };
            progress.Report(new CaptureChosen(known.Chosen));
            return known with { Trial = probe.Try(known.ToTrialRequest()) };
        }
    }

    /// <summary>What moves a step in each animation frame is slower in a video of a lower rate than on a screen.</summary>
    private static void WarnOfSteps(JobRequest request, CompositionProbe probe, ProgressSink progress)
    {
        RenderOptions options = request.RenderOptions;
        if (!RateProbe.IsWorthwhile(options) || probe.CompareRates(request) is not long frame) return;
        string screen = RateProbe.Screen.ToDisplay();
        progress.Warn(string.Create(CultureInfo.InvariantCulture,
            $"the page moves with each animation frame: frame {frame} is another with {screen} of them a second than with "
                + $"{options.FrameRate.ToDisplay()}; if it was made for a screen of {screen} Hz, add --page-fps {screen}"));
    }

    /// <summary>The fastest way to capture, reported; null where one is typed, or trying takes longer than it can save.</summary>
    private static CaptureTrial? ChooseCapture(
        ExportArguments known, WorkerArguments worker, CompositionProbe probe, ProgressSink progress)
    {
        JobRequest request = known.ToTrialRequest();
        if (!known.ChoosesCapture || request.Frames.Count < CaptureProbe.FewestFrames) return null;
        CaptureTrial trial;
        try
        {
            trial = probe.Choose(request, EncoderFinder.Find(worker.Ffmpeg));
        }
        catch (HeliosException error) when (error.Code == ExitCode.Unavailable)
        {
            progress.Warn($"no faster way to capture is looked for: {error.What}"); // a machine that only plans needs no encoder
            return null;
        }

        progress.Report(new CaptureChosen(trial));
        return trial;
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
            if (known.Facts![name] is { } statement)
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
