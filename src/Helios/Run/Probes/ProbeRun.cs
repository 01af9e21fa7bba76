using System;
using System.Globalization;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Page;
using Helios.Plan;
using Helios.Progress;
using Helios.Render;

namespace Helios.Run.Probes;

/// <summary>Runs the probes that a plan asks for, each with what those before it have found, and reports their findings.</summary>
/// <param name="probe">The page.</param>
/// <param name="makeRequest">The request with what was typed and what was found so far.</param>
/// <param name="progress">Receives the events.</param>
internal sealed class ProbeRun(CompositionProbe probe, Func<ProbeFindings, JobRequest> makeRequest, ProgressSink progress)
{
    /// <summary>Whether the page is asked for values that were not typed.</summary>
    internal bool NeedsDeclarations { get; init; }

    /// <summary>The event that tells what the page declares.</summary>
    internal required Func<ProbeFindings, PageProbed> Describe { get; init; }

    /// <summary>Whether the capture mode is found by a comparison, which needs ffmpeg.</summary>
    internal bool ChoosesCapture { get; init; }

    /// <summary>Typed path of ffmpeg; null when none was typed.</summary>
    internal string? Encoder { get; init; }

    /// <summary>Whether the page is tried. Not for render: no seam proves the answer for all of its outputs.</summary>
    internal bool TriesPage { get; init; }

    /// <summary>Whether the plan needs the cost of a frame.</summary>
    internal bool NeedsCost { get; init; }

    /// <summary>The typed history; null when none was typed.</summary>
    internal History? TypedHistory { get; init; }

    /// <summary>Whether a rate of the page's animation frames was typed.</summary>
    internal bool HasTypedRate { get; init; }

    /// <param name="request">The provisional request, before the page was asked.</param>
    /// <exception cref="HeliosException">As of <see cref="CompositionProbe"/>.</exception>
    internal ProbeFindings Run(JobRequest request)
    {
        var found = new ProbeFindings();
        if (NeedsDeclarations)
        {
            found = found with { Declarations = probe.Run(request) };
            progress.Report(Describe(found));
        }

        if (ChoosesCapture) found = found with { Capture = Choose(makeRequest(found)) };
        request = makeRequest(found);
        if (TriesPage && (NeedsCost || (TypedHistory is null && request.Frames.Count >= HistoryProbe.FewestFrames)))
        {
            found = Try(found, request);
            progress.Report(new PageTried(found.Trial!, TypedHistory, request.Frames.Count));
        }

        bool isOpened = found.Declarations is not null || found.Trial is not null;
        if (!HasTypedRate && (TriesPage ? isOpened : found.Declarations?.StepsUntimed == true)) WarnOfSteps(request);
        return found;
    }

    /// <summary>With the trial; a page that refuses the chosen mode in it is captured by screenshot.</summary>
    private ProbeFindings Try(ProbeFindings found, JobRequest request)
    {
        try
        {
            return found with { Trial = probe.Try(request) };
        }
        catch (HeliosException error) when (error.Reason == Reason.CannotCapture && found.Capture is CaptureTrial chosen)
        {
            found = found with { Capture = chosen with { Capture = CaptureMode.Screenshot, Reason = error.What } };
            progress.Report(new CaptureChosen(found.Capture));
            return found with { Trial = probe.Try(makeRequest(found)) };
        }
    }

    /// <summary>What moves a step in each animation frame is slower in a video of a lower rate than on a screen.</summary>
    private void WarnOfSteps(JobRequest request)
    {
        RenderOptions options = request.RenderOptions;
        if (!RateProbe.IsWorthwhile(options) || probe.CompareRates(request) is not long frame) return;
        string screen = RateProbe.Screen.ToDisplay();
        progress.Warn(string.Create(CultureInfo.InvariantCulture,
            $"the page moves with each animation frame: frame {frame} is another with {screen} of them a second than with "
                + $"{options.FrameRate.ToDisplay()}; if it was made for a screen of {screen} Hz, add --page-fps {screen}"));
    }

    /// <summary>The fastest capture mode, reported; null where trying takes longer than it can save, or no ffmpeg compares.</summary>
    private CaptureTrial? Choose(JobRequest request)
    {
        if (request.Frames.Count < CaptureProbe.FewestFrames) return null;
        CaptureTrial trial;
        try
        {
            trial = probe.Choose(request, EncoderFinder.Find(Encoder));
        }
        catch (HeliosException error) when (error.Code == ExitCode.Unavailable)
        {
            progress.Warn($"no faster way to capture is looked for: {error.What}"); // a machine that only plans needs no encoder
            return null;
        }

        progress.Report(new CaptureChosen(trial));
        return trial;
    }
}
