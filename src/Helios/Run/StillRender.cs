using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Progress;
using Helios.Render;

namespace Helios.Run;

/// <summary>
/// Frames as PNG files, rendered in this process: no chunks, resume or merge. Each is drawn as the first frame of a chunk, in a page
/// that is taken to it from the start; only frames that follow each other share one, as the frames of a chunk do. All are published at the
/// end, or none.
/// </summary>
internal sealed class StillRender : IDisposable
{
    private readonly JobRequest _request;
    private readonly ProgressSink _progress;
    private readonly Interrupts _interrupts = new();
    private readonly RenderSettings _settings;
    private readonly List<Made> _made = [];

    private StillRender(JobRequest request, Func<Interrupts, RenderSettings> makeSettings, ProgressSink progress)
    {
        (_request, _progress) = (request, progress);
        _settings = makeSettings(_interrupts);
    }

    /// <param name="request">A lossless job.</param>
    /// <param name="frames">Frames of its timeline, in ascending order.</param>
    /// <param name="outputOf">Path of a frame's file as typed; null: only the sheet is written.</param>
    /// <param name="sheet">Path of the contact sheet as typed; null for none.</param>
    /// <param name="makeSettings">Finds browser and encoder.</param>
    /// <param name="progress">Receives the events.</param>
    /// <exception cref="HeliosException">
    /// As of <see cref="JobPlanner.Plan"/> and <see cref="ChunkRenderer.RenderFrames"/>. No partial file remains.
    /// </exception>
    internal static void Run(JobRequest request, long[] frames, Func<long, string>? outputOf, string? sheet,
        Func<Interrupts, RenderSettings> makeSettings, ProgressSink progress)
    {
        using var render = new StillRender(request, makeSettings, progress);
        if (sheet is null) render.RenderAll(frames, outputOf!, folder: null);
        else render.RenderSheet(frames, outputOf, sheet);
        render.Publish();
    }

    public void Dispose()
    {
        foreach (Made file in _made)
        {
            AtomicFile.DeleteQuietly(file.Temporary);
            AtomicFile.DeleteQuietly(file.Temporary + TemporaryFile.Extension); // ffmpeg's own, of a file that it did not finish
        }

        _interrupts.Dispose();
    }

    private void RenderAll(long[] frames, Func<long, string>? outputOf, string? folder)
    {
        using var page = new TaskPage();
        for (int i = 0; i < frames.Length; i++)
        {
            long frame = frames[i];
            string? output = outputOf?.Invoke(frame);
            if (output is null)
            {
                _ = Render(_request, _settings, frame, FileOf(folder!, frame), page, IsFollowed(frames, i));
                continue;
            }

            string temporary = TemporaryFile.NameFor(CurrentDirectory.Resolve(output));
            var file = new Made(temporary, output);
            _made.Add(file);
            ReceiptTimings timings = Render(_request, _settings, frame, temporary, page, IsFollowed(frames, i));
            file.Finished = new StillFinished(frame, timings, output);
            if (folder is not null) File.Copy(temporary, FileOf(folder, frame));
        }
    }

    private void RenderSheet(long[] frames, Func<long, string>? outputOf, string output)
    {
        using PrivateDirectory folder = PrivateDirectory.Create(PrivateDirectory.OfRun);
        RenderAll(frames, outputOf, folder.Path);
        var sheet = new ContactSheet(frames, _request.RenderOptions);
        string page = Path.Combine(folder.Path, "sheet.html");
        TextFile.Write(page, sheet.MakePage(static frame => Path.GetFileName(FileOf("", frame))));
        string temporary = TemporaryFile.NameFor(CurrentDirectory.Resolve(output));
        _made.Add(new Made(temporary, output) { Finished = new SheetFinished(frames.Length, output) });
        using var sheetPage = new TaskPage();
        _ = Render(RequestOf(sheet, page), _settings with { Root = null }, 0, temporary, sheetPage, isFollowed: false);
    }

    /// <summary>A page of helios' own: nothing of the job's page applies to it.</summary>
    private JobRequest RequestOf(ContactSheet sheet, string page) => _request with
    {
        Composition = page,
        Root = null,
        Fonts = null,
        BaseUrl = null,
        RenderOptions = _request.RenderOptions with
        {
            Width = sheet.Width,
            Height = sheet.Height,
            Scale = 1,
            Mode = RenderMode.Dom,
            Selector = null,
            Capture = CaptureMode.Screenshot,
            PixelFormat = PixelFormat.Bgr0,
            Block = BlockList.None,
            HasStrictFonts = false,
            Props = Jobs.Document.JobJson.EmptyObject,
        },
    };

    private ReceiptTimings Render(
        JobRequest request, RenderSettings settings, long frame, string path, TaskPage page, bool isFollowed)
    {
        FrameRate rate = request.RenderOptions.FrameRate;
        request = request with
        {
            Frames = new FrameRange(frame, 1),
            RenderOptions = request.RenderOptions with
            {
                StartFrame = frame,
                Duration = Duration.TryFromFrames(1, rate, out Duration one) ? one : request.RenderOptions.Duration,
            },
        };
        JobPlan plan = JobPlanner.Plan(request, CurrentDirectory.Get(), InputFile.OpenRegular);
        var chunk = new Chunk { Id = 0, StartFrame = frame, FrameCount = 1, Output = plan.ChunkFiles[0] };
        RenderSettings observed = new ChunkMeter(_progress, chunk.Id, chunk.FrameCount).Observe(settings);
        return new ChunkRenderer(plan.Spec, chunk, observed, page, isFollowed).RenderFrames(path, isPattern: false);
    }

    private void Publish()
    {
        foreach (Made file in _made) OutputDirectory.CheckTarget(CurrentDirectory.Resolve(file.Output));
        foreach (Made file in _made)
        {
            _ = AtomicFile.Publish(file.Temporary, CurrentDirectory.Resolve(file.Output));
            _progress.Report(file.Finished!);
        }
    }

    private static bool IsFollowed(long[] frames, int i) => i + 1 < frames.Length && frames[i + 1] == frames[i] + 1;

    private static string FileOf(string folder, long frame) =>
        Path.Combine(folder, frame.ToString(CultureInfo.InvariantCulture) + ".png");

    /// <summary>A file that is published at the end, and removed when anything fails.</summary>
    private sealed class Made(string temporary, string output)
    {
        internal string Temporary => temporary;

        internal string Output => output;

        internal ProgressEvent? Finished { get; set; }
    }
}
