using System;
using System.Globalization;
using System.IO;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;

namespace Helios.Render;

/// <summary>One check: its name, its finding, and how to fix it; no fix when it passed.</summary>
internal sealed record DoctorFinding(string Name, string Found, string? Fix);

/// <summary>Finds out whether this machine can render by doing it: one frame of a built-in page, captured and encoded.</summary>
internal static class Doctor
{
    private const string Page = "<!doctype html><title>helios</title><style>body{margin:0;background:#0f0}</style><p>helios";
    private const int Timeout = 30_000;

    private static readonly FrameRate s_rate = FrameRate.OfWhole(30);

    /// <summary>Checks browser, encoder, shared memory, and all of them together; <paramref name="report"/> gets each line.</summary>
    /// <returns>Whether all checks passed.</returns>
    internal static bool Run(string? browserOption, string? encoderOption, Interrupts interrupts, Action<DoctorFinding> report)
    {
        bool isFine = true;
        BrowserProgram? browser = null;
        string encoder = "";
        isFine &= Try("browser", BrowserFinder.Fix, report, () =>
        {
            browser = BrowserFinder.Find(browserOption);
            return $"{browser.Path}, {browser.Reason}";
        });
        isFine &= Try("encoder", EncoderFinder.Fix, report, () =>
        {
            encoder = EncoderFinder.Find(encoderOption);
            using var probe = new EncoderProbe(new FfmpegProgram(encoder, interrupts), VideoCodec.H264.Encoder);
            probe.Check();
            return $"{encoder}, version {probe.Version}";
        });
        if (!isFine || browser is null) return false;
        return Try("one frame", BrowserFinder.Fix, report, () => RenderOne(browser, encoder, interrupts));
    }

    private static bool Try(string name, string fix, Action<DoctorFinding> report, Func<string> look)
    {
        try
        {
            report(new DoctorFinding(name, look(), null));
            return true;
        }
        catch (HeliosException error) when (error.Code is not (ExitCode.Interrupted or ExitCode.Terminated))
        {
            report(new DoctorFinding(name, $"{error.What} ({error.Where})", error.Fix.Length > 0 ? error.Fix : fix));
            return false;
        }
    }

    private static string RenderOne(BrowserProgram browser, string encoder, Interrupts interrupts)
    {
        using PrivateDirectory directory = PrivateDirectory.Create(PrivateDirectory.OfDoctor);
        string page = Path.Combine(directory.Path, "page.html");
        File.WriteAllText(page, Page);
        var settings = new RenderSettings
        {
            Directory = directory.Path,
            Browser = browser,
            EncoderPath = encoder,
            AllowsChanged = true,
            IsOffline = true,
            FrameTimeout = Timeout,
            ReadyTimeout = Timeout,
            Interrupts = interrupts,
            Warn = static _ => { },
        };
        var chunk = new Chunk { Id = 0, StartFrame = 0, FrameCount = 1, Output = "page.mov" };
        using var opened = new TaskPage();
        Receipt receipt = new ChunkRenderer(MakeSpec(page), chunk, settings, opened).Render("doctor");
        return string.Create(CultureInfo.InvariantCulture,
            $"rendered with {receipt.Browser} in {receipt.Timings!.TotalMs} ms, {receipt.Size} bytes");
    }

    private static JobSpec MakeSpec(string page) => new()
    {
        Version = JobSpec.SchemaVersion,
        JobId = "doctor",
        Composition = CompositionUrl.FromPath(page),
        Output = "page.mp4",
        TotalFrames = 1,
        RenderOptions = new RenderOptions
        {
            Width = 320,
            Height = 240,
            FrameRate = s_rate,
            Duration = Duration.TryFromFrames(1, s_rate, out Duration one) ? one : default,
            StartFrame = 0,
            Mode = RenderMode.Dom,
            Capture = CaptureMode.Screenshot,
            VideoCodec = VideoCodec.H264,
            Quality = VideoCodec.H264.DefaultQuality,
            Preset = VideoCodec.H264.DefaultPreset,
            PixelFormat = PixelFormat.Yuv420p,
            AudioCodec = AudioCodec.None,
            Seed = 0,
        },
    };
}
