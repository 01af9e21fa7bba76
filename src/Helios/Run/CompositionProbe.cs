using System;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Render;

namespace Helios.Run;

/// <summary>
/// Asks the page for values that were not typed. Its declarations are an input of the plan like any other, so that planning itself
/// never starts a process.
/// </summary>
internal static class CompositionProbe
{
    /// <param name="request">A provisional request.</param>
    /// <param name="makeSettings">Finds the browser; the argument is the base directory.</param>
    /// <exception cref="HeliosException">65: the page cannot be captured as asked; and as of <see cref="PageProbe.Run"/>.</exception>
    internal static PageDeclarations Run(JobRequest request, Func<string, Interrupts, RenderSettings> makeSettings)
    {
        PageDeclarations declarations = Open(request, makeSettings, PageProbe.Run);
        return request.RenderOptions.Capture == CaptureMode.Paint && declarations.PaintRefusal.Length > 0
            ? throw declarations.RefusePaint()
            : declarations;
    }

    /// <summary>Tries how the page gets to its frames.</summary>
    /// <param name="request">The request, with the page's declarations.</param>
    /// <param name="makeSettings">As of <see cref="Run"/>.</param>
    /// <exception cref="HeliosException">As of <see cref="Run"/>.</exception>
    internal static PageTrial Try(JobRequest request, Func<string, Interrupts, RenderSettings> makeSettings) =>
        Open(request, makeSettings, static (spec, settings) => new HistoryProbe(spec, settings).Run());

    /// <summary>Finds the fastest way to capture that shows what a screenshot shows.</summary>
    /// <param name="request">The request, with the page's declarations, by screenshot.</param>
    /// <param name="makeSettings">Finds browser and encoder; the argument is the base directory.</param>
    /// <exception cref="HeliosException">As of <see cref="CaptureProbe.Run"/>.</exception>
    internal static CaptureTrial Choose(JobRequest request, Func<string, Interrupts, RenderSettings> makeSettings) =>
        Open(request, makeSettings, (spec, settings) => new CaptureProbe(spec, request.Frames, settings).Run());

    /// <summary>Compares frames of the page at two rates of its animation frames.</summary>
    /// <param name="request">The request, with the page's declarations.</param>
    /// <param name="makeSettings">As of <see cref="Run"/>.</param>
    /// <returns>The first frame that is another one; null when none is.</returns>
    internal static long? CompareRates(JobRequest request, Func<string, Interrupts, RenderSettings> makeSettings) =>
        Open(request, makeSettings, RateProbe.Run);

    private static T Open<T>(
        JobRequest request, Func<string, Interrupts, RenderSettings> makeSettings, Func<JobSpec, RenderSettings, T> open)
    {
        string directory = CurrentDirectory.Get();
        JobSpec spec = JobPlanner.Plan(request, directory, InputFile.OpenRegular).Spec;
        if (request.BaseUrl is not null || request.IsPortable) // a page for a server is also on this machine
            spec = JobPlanner.Plan(request with { BaseUrl = null, IsPortable = false }, directory, InputFile.OpenRegular).Spec;

        using var interrupts = new Interrupts();
        RenderSettings settings = makeSettings(directory, interrupts);
        if (request.BaseUrl is not null) settings = settings with { Root = settings.Root ?? directory }; // which the server serves
        T found = open(spec, settings);
        interrupts.ThrowIfRequested(); // interrupts are not checked while the browser ends
        return found;
    }
}
