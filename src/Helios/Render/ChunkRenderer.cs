using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg.Probes;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Media;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Text;

namespace Helios.Render;

/// <summary>Renders one chunk of a job into its file and writes the receipt next to it.</summary>
/// <param name="spec">The job.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="settings">Settings of the worker.</param>
/// <param name="page">The page of this process, in which it continues if it can.</param>
/// <param name="isFollowed">Whether the page is kept for the chunk after this one.</param>
internal sealed class ChunkRenderer(JobSpec spec, Chunk chunk, RenderSettings settings, TaskPage page, bool isFollowed = false)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _output = JobPaths.Resolve(chunk.Output, settings.Directory);
    private string _browserVersion = "";
    private string _folder = ""; // the encoder's output directory
    private bool _isOfFrameFiles;
    private MediaClip[]? _media;
    private bool _usesWebGl;
    private ReceiptPreroll? _preroll;
    private Seal? _seal;
    private Seam? _seam;
    private Func<CompositionPage, IReadOnlyList<string>>? _makeArguments;
    private long _loadTime;
    private long _prerollTime;
    private long _captureTime;

    /// <exception cref="HeliosException">
    /// 65, 66, 69, 73, 74, 75, 130, 143; the message says what to do. No partial result remains.
    /// </exception>
    internal Receipt Render(string heliosVersion)
    {
        CompositionSource source = CompositionSource.Find(spec, settings);
        CheckOutput();
        LockedFile.RemoveAbandoned(_output);
        string codec = spec.RenderOptions.VideoCodec.Encoder;
        EncoderProbe probe = page.Probe(settings.Ffmpeg, codec);
        using LockedFile temporary = LockedFile.Create(_output);
        string extension = Path.GetExtension(_output).TrimStart('.');
        _folder = Path.GetDirectoryName(_output)!;
        _makeArguments = page => EncodeArgs.Make(spec.RenderOptions, temporary.Path, extension, page.Capture.Format);
        Capture(source, () =>
        {
            probe.Check(spec.RenderOptions.VideoCodec.InputFormatOf(spec.RenderOptions.PixelFormat));
            EncodeTrial.Check(settings.Ffmpeg, spec.RenderOptions);
        });
        Receipt receipt = Publish(temporary, heliosVersion, probe);
        AtomicFile.Write(Receipt.PathOf(_output), stream => stream.Write(ReceiptDocument.ToText(receipt).Span), isLast: true);
        return receipt;
    }

    /// <summary>Renders the frames as PNG files instead, lossless regardless of the job's codec; no receipt, no resume.</summary>
    /// <param name="path">Path of the only file, or of <see cref="FrameFiles"/>.</param>
    /// <param name="isPattern">Whether it is a pattern.</param>
    internal ReceiptTimings RenderFrames(string path, bool isPattern)
    {
        _isOfFrameFiles = true; // which have no audio
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _makeArguments = page => EncodeArgs.MakeImages(spec.RenderOptions, path, isPattern ? chunk.StartFrame : null, page.Capture.Format);
        EncoderProbe probe = page.Probe(settings.Ffmpeg, "png");
        Capture(CompositionSource.Find(spec, settings), () => probe.Check());
        return MakeTimings();
    }

    private void CheckOutput()
    {
        OutputDirectory.CheckFor(_output);
        OutputDirectory.CheckTarget(_output);
        if (FileKind.WhyNotRegular(Receipt.PathOf(_output)) is string other)
            throw new HeliosException(ExitCode.CantCreate, other, Receipt.PathOf(_output), "remove it");
    }

    /// <param name="source">The page.</param>
    /// <param name="checkEncoder">Throws when the encoder cannot do it; called before anything slow.</param>
    private void Capture(CompositionSource source, Action checkEncoder)
    {
        settings.OnPhase(RenderPhase.Load);
        PageSession session;
        CapturedFrame? before;
        if (page.IsBefore(chunk.StartFrame))
        {
            (session, before) = page.Continue();
            ReceiptPreroll first = session.PrerollFrames;
            _preroll = first with { Displayed = chunk.StartFrame - 1 - first.Jumped - first.Replayed };
        }
        else
        {
            session = page.Open(spec, source, settings with { TrustsHooks = !_isOfFrameFiles });
            _loadTime = _watch.ElapsedMilliseconds;
            checkEncoder();
            if (chunk.StartFrame > 0) settings.OnPhase(RenderPhase.Preroll);
            bool hasSeam = chunk.StartFrame > spec.RenderOptions.StartFrame;
            before = session.GoBefore(chunk.StartFrame, isDisplayed: false, settings.OnPreroll, hasSeam);
            _preroll = session.PrerollFrames;
            _prerollTime = _watch.ElapsedMilliseconds - _loadTime;
        }

        CaptureFrames(session, before);
        session.Page.Check();
        _browserVersion = session.BrowserVersion;
        _seal = session.MakeSeal(_usesWebGl);
        if (!isFollowed) page.Close();
    }

    private void CaptureFrames(PageSession session, CapturedFrame? before)
    {
        var stream = new MatroskaFrameStream(spec.RenderOptions, session.Page.Capture.Format);
        using var encoder = new Encoder(settings.Ffmpeg, _makeArguments!(session.Page), _folder, stream, settings.FrameTimeout,
            () => session.Where, before)
        {
            KeepsLast = isFollowed,
        };
        void CheckEncoder() => encoder.Check();
        settings.OnPhase(RenderPhase.Capture);
        var unchanged = new UnchangedFrames(session, chunk, settings, CheckEncoder);
        for (long done = 0; done < chunk.FrameCount; done++)
        {
            long frame = chunk.StartFrame + done;
            CapturedFrame? captured = null;
            if (unchanged.IsUnchanged(frame)) _ = session.Page.Look(frame);
            else captured = session.Take(frame, CheckEncoder);
            encoder.Add(captured);
            settings.OnFrame(done + 1);
            unchanged.Note(frame, captured is null);
        }

        session.Page.Capture.Finish(CheckEncoder);
        if (!_isOfFrameFiles) _media = session.Page.FindMedia();
        _usesWebGl = session.Page.UsesWebGl();
        _captureTime = _watch.ElapsedMilliseconds - _loadTime - _prerollTime;
        settings.OnPhase(RenderPhase.Encode);
        encoder.Finish(chunk.FrameCount);
        _seam = encoder.Seam;
        if (isFollowed) page.Leave(chunk.StartFrame + chunk.FrameCount, encoder.Last);
    }

    /// <summary>Makes the file durable and publishes it; from then on the receipt certifies that it is complete.</summary>
    private Receipt Publish(LockedFile temporary, string heliosVersion, EncoderProbe probe)
    {
        try
        {
            FileStream file = temporary.Read();
            string digest = "sha256:" + Sha256.HashStream(file);
            long size = file.Length;
            CheckBuffer(file);
            AtomicFile.DeleteQuietly(Receipt.PathOf(_output));
            temporary.Publish();
            return MakeReceipt(digest, size, heliosVersion, probe.Version);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.IoError, "the chunk file cannot be written: " + ErrorText.Reason(error), _output,
                "make room or check the disk, then run it again", error);
        }
    }

    /// <summary>What exceeds the maximum bit rate with a full buffer does so in every video; the merge finds the rest.</summary>
    private void CheckBuffer(FileStream file)
    {
        if (BufferCheck.Of(spec.RenderOptions, "the chunk") is not BufferCheck buffer) return;
        file.Position = 0;
        _ = MovieFile.Read(file, spec.RenderOptions.FrameRate, buffer.Add);
        if (buffer.Fault is string fault) throw new HeliosException(ExitCode.Invalid, fault, _output, BufferCheck.Fix);
    }

    private Receipt MakeReceipt(string digest, long size, string heliosVersion, string encoderVersion) => new()
    {
        Version = Receipt.SchemaVersion,
        JobId = spec.JobId,
        SpecDigest = JobJson.DigestOf(spec),
        ChunkId = chunk.Id,
        StartFrame = chunk.StartFrame,
        FrameCount = chunk.FrameCount,
        Size = size,
        Digest = digest,
        Helios = heliosVersion,
        Browser = _browserVersion,
        Encoder = encoderVersion,
        VideoEncoder = spec.RenderOptions.VideoCodec.Encoder,
        EncoderOptions = spec.RenderOptions.EncoderOptions,
        Seal = _seal,
        Seam = _seam,
        Media = _media,
        Timings = MakeTimings(),
        Preroll = _preroll,
    };

    private ReceiptTimings MakeTimings() => new()
    {
        LoadMs = _loadTime,
        PrerollMs = _prerollTime,
        CaptureMs = _captureTime,
        TotalMs = _watch.ElapsedMilliseconds,
    };
}
