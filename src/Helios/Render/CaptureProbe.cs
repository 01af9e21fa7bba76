using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg.Probes;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// Finds the fastest capture mode that shows what a screenshot shows: captures a few frames of the page in each mode and compares their
/// pixels. Which frames these are depends on the job and the page alone, so that the same command gives the same plan.
/// </summary>
/// <param name="spec">The job, by screenshot; only its composition and options count.</param>
/// <param name="frames">The job's frames.</param>
/// <param name="settings">As for a worker.</param>
/// <param name="browser">The browser.</param>
internal sealed class CaptureProbe(JobSpec spec, FrameRange frames, RenderSettings settings, TaskBrowser browser)
{
    /// <summary>Frames of the shortest job that is tried: a shorter one is rendered before the answer is there.</summary>
    internal const int FewestFrames = 120;

    // what counts as the smoothing of an edge, in levels of 255; docs/capture.md has what was measured
    internal const int MostOfBlock = 28;
    internal const int MostOfSquare = 12;

    private const int FramesForEach = 75; // compared frames grow with the job, so that the trial stays a small part of it
    private const int FewestCompared = 4;
    private const int MostCompared = 12;
    private const int MostRun = 3000; // frames that are gone through for a comparison; jumps do not count
    private const int First = 8; // the first compared frame: the very first ones are often empty
    private const int DisplayedBefore = 1; // each compared screenshot: one corrects what undisplayed frames have not rastered
    private const int OfCanvas = 2; // frames compared of a page that is one canvas element: whether it still is, each frame is asked

    private static readonly CaptureMode[] s_fastestFirst = [CaptureMode.Canvas, CaptureMode.Paint];

    private readonly Dictionary<CaptureMode, string> _refusals = []; // by mode; empty: none so far
    private readonly List<long> _compared = [];
    private bool _hasShots; // whether the file of the screenshots is complete

    /// <exception cref="HeliosException">
    /// As of <see cref="PageProbe.Run"/>; 69, 73, 74: the encoder, or the temporary directory.
    /// </exception>
    internal CaptureTrial Run()
    {
        using PrivateDirectory directory = PrivateDirectory.Create(PrivateDirectory.OfProbe);
        string shots = Path.Combine(directory.Path, "screenshot");
        using Encoder ofShots = Take(CaptureMode.Screenshot, PlanFrames(), shots); // finishes its file while another mode is tried
        if (_compared.Count == 0)
        {
            return new CaptureTrial(CaptureMode.Screenshot, 0, string.Create(CultureInfo.InvariantCulture,
                $"more than {MostRun} frames would have to be run before the first one to compare"));
        }

        foreach (CaptureMode mode in s_fastestFirst)
        {
            if (_refusals[mode].Length > 0) continue;
            if (Compare(mode, ofShots, shots, directory.Path) is CaptureTrial trial) return trial;
        }

        return new CaptureTrial(CaptureMode.Screenshot, 0, _refusals[CaptureMode.Paint]);
    }

    /// <summary>Null when the mode does not show the same; then the refusals say why.</summary>
    private CaptureTrial? Compare(CaptureMode mode, Encoder ofShots, string shots, string folder)
    {
        string file = Path.Combine(folder, mode.Name);
        try
        {
            using Encoder encoder = Take(mode, _compared, file);
            encoder.Finish(_compared.Count);
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.Unavailable or ExitCode.Temporary)
        {
            _refusals[mode] = error.What;
            return null;
        }

        if (!_hasShots) ofShots.Finish(_compared.Count);
        _hasShots = true;
        FrameComparison found = FrameComparison.Compare(File.ReadAllBytes(shots), File.ReadAllBytes(file), BlocksOf(OptionsOf(mode)));
        string said = string.Create(CultureInfo.InvariantCulture,
            $"{_compared.Count} frames by {mode} and screenshots differ by {found.Block} of 255 levels at most, as means of 8x8 pixels, "
                + $"and by {found.Square}, as means of 16x16");
        bool isSame = mode == CaptureMode.Canvas ? found.Block == 0 : found.Block <= MostOfBlock && found.Square <= MostOfSquare;
        if (isSame) return new CaptureTrial(mode, _compared.Count, said);
        _refusals[mode] = said;
        return null;
    }

    private RenderOptions OptionsOf(CaptureMode mode) =>
        EncodeArgs.ForImages(spec.RenderOptions) with { Mode = RenderMode.Dom, Selector = null, Capture = mode };

    private static (int Width, int Height) BlocksOf(RenderOptions options) =>
        FrameComparison.BlocksOf(options.PixelWidth, options.PixelHeight);

    /// <summary>The frames to compare, spread over the job.</summary>
    private List<long> PlanFrames()
    {
        long count = Math.Clamp(frames.Count / FramesForEach, FewestCompared, MostCompared);
        long first = frames.Start + First, last = frames.Start + frames.Count - 1;
        var all = new List<long> { first, first + 1 };
        for (long i = 2; i <= count; i++) all.Add(first + ((last - first) * (i - 1) / (count - 1)));
        return all;
    }

    /// <summary>Has the blocks of the frames written into a file, and notes those that it gets.</summary>
    /// <returns>What writes it, and has had all of them.</returns>
    private Encoder Take(CaptureMode mode, IReadOnlyList<long> wanted, string file)
    {
        JobSpec job = spec with { RenderOptions = OptionsOf(mode) };
        using var session = new PageSession(job, CompositionSource.Find(job, settings), settings with { TrustsHooks = true }, browser);
        session.Open();
        CompositionPage page = session.Page;
        FrameFormat format = page.Capture.Format;
        IReadOnlyList<string> arguments = EncodeArgs.MakeBlocks(job.RenderOptions, file, BlocksOf(job.RenderOptions), format);
        Encoder? encoder = null;
        try
        {
            encoder = new Encoder(settings.Ffmpeg, arguments, Path.GetDirectoryName(file)!,
                new MatroskaFrameStream(job.RenderOptions, format), settings.FrameTimeout, () => session.Where);
            Take(mode, wanted, page, encoder);
            encoder.End();
            Encoder made = encoder;
            encoder = null;
            return made;
        }
        finally
        {
            encoder?.Dispose();
        }
    }

    private void Take(CaptureMode mode, IReadOnlyList<long> wanted, CompositionPage page, Encoder encoder)
    {
        bool isFirst = mode == CaptureMode.Screenshot;
        void CheckEncoder() => encoder.Check();
        page.Begin();
        int taken = 0, run = 0;
        long frame = 1;
        foreach (long next in wanted)
        {
            frame = GoBefore(page, frame, next, ref run, isFirst);
            if (run > MostRun && isFirst) break;
            encoder.Add(page.Take(frame++, CheckEncoder));
            page.Capture.Finish(CheckEncoder);
            taken++;
            if (!isFirst) continue;
            _compared.Add(next);
            foreach (CaptureMode other in s_fastestFirst)
                if (_refusals.GetValueOrDefault(other, "").Length == 0) _refusals[other] = page.FindRefusal(other);
            if (_refusals[CaptureMode.Canvas].Length > 0 && _refusals[CaptureMode.Paint].Length > 0) break;
            if (_refusals[CaptureMode.Canvas].Length == 0 && taken == OfCanvas) break;
        }

        if (isFirst && taken > 0 && _refusals[CaptureMode.Paint].Length == 0) _refusals[CaptureMode.Paint] = page.NeedsDisplay();
    }

    /// <summary>Takes the page to the frame before one.</summary>
    /// <returns>That one.</returns>
    private long GoBefore(CompositionPage page, long frame, long wanted, ref int run, bool isLimited)
    {
        long displayed = Math.Max(frame, wanted - DisplayedBefore);
        for (; frame < wanted; frame++)
        {
            if (frame < displayed)
            {
                History history = spec.RenderOptions.History;
                if (history == History.Seek) frame = page.TrustPage(displayed);
                else if (history == History.Auto) frame = page.FindNextFrame(frame, displayed);
            }

            page.Pass(frame, isDisplayed: frame >= displayed);
            if (++run > MostRun && isLimited) return frame;
        }

        return wanted;
    }
}
