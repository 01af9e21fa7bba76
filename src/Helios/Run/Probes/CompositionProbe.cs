using System;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Render;

namespace Helios.Run.Probes;

/// <summary>
/// Asks the page for values that were not typed, and tries it. What it finds is an input of the plan like any other, so that planning
/// itself never starts a process. Pages that are asked by screenshot share a browser.
/// </summary>
/// <param name="makeSettings">Finds the browser; the argument is the base directory.</param>
internal sealed class CompositionProbe(Func<string, Interrupts, RenderSettings> makeSettings) : IDisposable
{
    private readonly Interrupts _interrupts = new();
    private readonly TaskBrowser _browser = new(isKept: true, canPaint: true); // two ways are compared in one browser

    /// <param name="request">A provisional request.</param>
    /// <exception cref="HeliosException">65: the page cannot be captured as asked; and as of <see cref="PageProbe.Run"/>.</exception>
    internal PageDeclarations Run(JobRequest request)
    {
        PageDeclarations declarations = Open(request, (spec, settings) => PageProbe.Run(spec, settings, _browser));
        return request.RenderOptions.Capture == CaptureMode.Paint && declarations.PaintRefusal.Length > 0
            ? throw declarations.RefusePaint()
            : declarations;
    }

    /// <summary>Tries how the page gets to its frames.</summary>
    /// <param name="request">The request, with the page's declarations.</param>
    /// <exception cref="HeliosException">As of <see cref="Run"/>.</exception>
    internal PageTrial Try(JobRequest request) =>
        Open(request, (spec, settings) => new HistoryProbe(spec, settings).Run());

    /// <summary>Finds the fastest capture mode that shows what a screenshot shows.</summary>
    /// <param name="request">The request, with the page's declarations, by screenshot.</param>
    /// <param name="encoder">Path of ffmpeg, which compares.</param>
    /// <exception cref="HeliosException">As of <see cref="CaptureProbe.Run"/>.</exception>
    internal CaptureTrial Choose(JobRequest request, string encoder) =>
        Open(request, (spec, settings) => new CaptureProbe(spec, request.Frames, settings with { EncoderPath = encoder }, _browser).Run());

    /// <summary>Compares frames of the page at two rates of its animation frames.</summary>
    /// <param name="request">The request, with the page's declarations.</param>
    /// <returns>The first frame that is another one; null when none is.</returns>
    internal long? CompareRates(JobRequest request) => Open(request, (spec, settings) => RateProbe.Run(spec, settings, _browser));

    public void Dispose()
    {
        _browser.Dispose();
        _interrupts.Dispose();
    }

    private T Open<T>(JobRequest request, Func<JobSpec, RenderSettings, T> open)
    {
        string directory = CurrentDirectory.Get();
        JobSpec spec = JobPlanner.Plan(request, directory, InputFile.OpenRegular).Spec;
        if (request.BaseUrl is not null || request.IsPortable) // a page for a server is also on this machine
            spec = JobPlanner.Plan(request with { BaseUrl = null, IsPortable = false }, directory, InputFile.OpenRegular).Spec;

        RenderSettings settings = makeSettings(directory, _interrupts);
        if (request.BaseUrl is not null) settings = settings with { Root = settings.Root ?? directory }; // which the server serves
        T found = open(spec, settings);
        _interrupts.ThrowIfRequested(); // interrupts are not checked while the browser ends
        return found;
    }
}
