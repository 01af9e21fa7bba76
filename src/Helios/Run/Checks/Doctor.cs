using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Browser;
using Helios.Browser.Fonts;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Render;
using Helios.Text;

namespace Helios.Run.Checks;

/// <summary>
/// Finds out whether this machine can render, or render a job, by doing it: one frame of a built-in page, captured and encoded as
/// the job says.
/// </summary>
/// <param name="findings">Gets the results.</param>
/// <param name="interrupts">Signals that end it.</param>
internal sealed class Doctor(Findings findings, Interrupts interrupts)
{
    private const string Page =
        "<!doctype html><title>helios</title><style>body{margin:0;background:#0f0}</style><p>helios<canvas></canvas>";
    private const int Timeout = 30_000;

    private static readonly FrameRate s_rate = FrameRate.OfWhole(30);

    private static readonly RenderOptions s_usual = new()
    {
        Width = 1920,
        Height = 1080,
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
    };

    /// <summary>Checks everything.</summary>
    /// <param name="browserOption">Value of --browser, or null.</param>
    /// <param name="encoderOption">Value of --ffmpeg, or null.</param>
    /// <param name="job">The job to be rendered here; null for any.</param>
    internal void Run(string? browserOption, string? encoderOption, JobCheck? job)
    {
        RenderOptions options = job?.Spec.RenderOptions ?? s_usual;
        BrowserProgram? browser = null;
        string? encoder = null;
        _ = findings.Try("browser", BrowserFinder.Fix, () =>
        {
            browser = BrowserFinder.Find(browserOption);
            foreach (CachedBrowser other in browser.Refused)
                Pass(other);
            return $"{browser.Path}, {browser.Reason}";
        });
        _ = findings.Try("encoder", EncoderFinder.Fix, () => FindEncoder(encoderOption, job?.Spec.RenderOptions, out encoder));
        if (encoder is not null) DeviceCheck.Run(new FfmpegProgram(encoder, interrupts), s_usual, findings);
        FontCheck.Run(SystemFonts.FindFolders(), findings);
        new MachineChecks(options, job is not null, findings).Run();
        job?.Run(findings, interrupts);
        if (browser is null || encoder is null) return;
        Receipt? receipt = null;
        _ = findings.Try("one frame", BrowserFinder.Fix, () =>
        {
            receipt = RenderOne(browser, encoder, job);
            return string.Create(CultureInfo.InvariantCulture,
                $"rendered with {receipt.Browser} in {receipt.Timings!.TotalMs} ms, {receipt.Size} bytes");
        });
        if (receipt is null) return;
        if (BrowserVersion.MajorOf(receipt.Browser) is int major) CheckVersion(major);
        job?.Compare(receipt, findings);
    }

    private void Pass(CachedBrowser other) => findings.Warn("browser",
        $"{other.Path} in {other.Owner}'s cache is not used: {other.Problem}", "remove it, or install it again");

    private void CheckVersion(int major)
    {
        const string Name = "browser version";
        string found = string.Create(CultureInfo.InvariantCulture, $"{major}");
        if (major > BrowserVersion.Newest)
        {
            findings.Warn(Name, string.Create(CultureInfo.InvariantCulture,
                $"{found}: newer than {BrowserVersion.Newest}, with which pages were compared"),
                "render a chunk twice, and look at the frames");
        }
        else if (major < BrowserVersion.OldestOfPaint)
        {
            findings.Ok(Name, string.Create(CultureInfo.InvariantCulture,
                $"{found}: everything but --capture paint, which needs {BrowserVersion.OldestOfPaint}"));
        }
        else
        {
            findings.Ok(Name, found + ": everything");
        }
    }

    private string? FindEncoder(string? option, RenderOptions? job, out string? path)
    {
        path = null;
        string found = EncoderFinder.Find(option);
        var program = new FfmpegProgram(found, interrupts);
        using var probe = new EncoderProbe(program, (job?.VideoCodec ?? VideoCodec.H264).Encoder);
        probe.Check(job?.PixelFormat.Name);
        path = found;
        List<string> missing = EncoderList.FindMissing(program);
        string text = $"{found}, version {probe.Version}";
        if (missing.Count == 0) return text + ", with every codec";
        string fix = "install an ffmpeg with them, or plan no job with them";
        string lacks = $"{text}, lacks {string.Join(", ", missing)}";
        if (job?.AudioCodec is AudioCodec audio && missing.Exists(name => name.StartsWith(audio.Name + " ", StringComparison.Ordinal)))
            findings.Fail("encoder", lacks, fix);
        else findings.Warn("encoder", lacks, fix);
        return null;
    }

    private Receipt RenderOne(BrowserProgram browser, string encoder, JobCheck? job)
    {
        using PrivateDirectory directory = PrivateDirectory.Create(PrivateDirectory.OfDoctor);
        string page = Path.Combine(directory.Path, "page.html");
        TextFile.Write(page, Page);
        var settings = new RenderSettings
        {
            Directory = directory.Path,
            Browser = browser,
            EncoderPath = encoder,
            IsOffline = true,
            FrameTimeout = Timeout,
            ReadyTimeout = Timeout,
            Interrupts = interrupts,
            Warn = static _ => { },
        };
        JobSpec spec = MakeSpec(page, job);
        VideoCodec codec = spec.RenderOptions.VideoCodec;
        string output = "page." + codec.ChunkContainerFor(spec.RenderOptions.PixelFormat).Name;
        var chunk = new Chunk { Id = 0, StartFrame = 0, FrameCount = 1, Output = output };
        using var opened = new TaskPage();
        return new ChunkRenderer(spec, chunk, settings, opened).Render(Versions.Text);
    }

    private static JobSpec MakeSpec(string page, JobCheck? job)
    {
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes(Page));
        RenderOptions options = job?.Spec.RenderOptions ?? s_usual with { Width = 320, Height = 240 };
        return new()
        {
            Version = JobSpec.SchemaVersion,
            JobId = "doctor",
            Composition = CompositionUrl.FromPath(page),
            CompositionDigest = "sha256:" + hash.Finish(),
            Output = "page.mp4",
            TotalFrames = 1,
            RenderOptions = options with
            {
                Duration = Duration.TryFromFrames(1, options.FrameRate, out Duration one) ? one : default,
                StartFrame = 0,
                Selector = null,
                Audio = [],
                AudioCodec = AudioCodec.None,
                HasStrictFonts = false,
                Fonts = job?.FindFonts(),
            },
        };
    }
}
