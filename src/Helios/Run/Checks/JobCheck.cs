using System;
using System.Globalization;
using System.IO;
using Helios.Browser;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;

namespace Helios.Run.Checks;

/// <summary>Whether this machine has what a job needs, and renders as the machines that rendered chunks of it.</summary>
internal sealed class JobCheck
{
    private const int MostLooked = 10_000; // chunks, for one that is complete

    private readonly string _directory;
    private readonly int _chunks;
    private readonly Receipt? _first;
    private readonly Chunk? _firstChunk;

    /// <param name="job">The spec.</param>
    /// <exception cref="Errors.HeliosException">65: it is broken; 66: it is not there.</exception>
    internal JobCheck(JobSource job)
    {
        _directory = job.Directory;
        using Stream stream = job.OpenSeekable();
        (Spec, _chunks) = job.ReadChecked(stream);
        stream.Position = 0;
        var check = new ChunkCheck(Spec, _directory, files: null);
        int looked = 0;
        Receipt? first = null;
        Chunk? firstChunk = null;
        _ = new JobReader(job.Name).ReadAll(stream, chunk =>
        {
            if (first is not null || looked++ >= MostLooked) return;
            first = check.CheckReceipt(chunk).Receipt;
            firstChunk = first is null ? null : chunk;
        });
        (_first, _firstChunk) = (first, firstChunk);
    }

    internal JobSpec Spec { get; }

    /// <summary>The job's fonts, wherever its page is.</summary>
    internal FontFolder? FindFonts() => Spec.RenderOptions.Fonts is { } fonts
        ? fonts with { Directory = JobPaths.Resolve(fonts.Directory, _directory) }
        : null;

    internal void Run(Findings findings, Interrupts interrupts)
    {
        RenderOptions options = Spec.RenderOptions;
        findings.Ok("job", string.Create(CultureInfo.InvariantCulture,
            $"{Spec.JobId}, {Spec.TotalFrames} frames of {options.PixelWidth}x{options.PixelHeight} in {JobPlan.Count(_chunks, "chunk")}"));
        var settings = new RenderSettings
        {
            Directory = _directory,
            Browser = new BrowserProgram("", null, ""),
            EncoderPath = "",
            FrameTimeout = 0,
            ReadyTimeout = 0,
            Interrupts = interrupts,
            Warn = static _ => { },
        };
        _ = findings.Try("composition", "plan the job again", () =>
        {
            _ = CompositionSource.Find(Spec, settings);
            return CompositionUrl.IsOnNet(Spec.Composition) ? Spec.Composition + " (not loaded)" : Spec.Composition;
        });
        CheckDisk(findings);
    }

    private void CheckDisk(Findings findings)
    {
        const int Doubtful = 8; // as of DiskNeed: plain pages were observed to need an eighth
        _ = findings.Try("disk", "make room, or plan the job for another disk", () =>
        {
            string output = JobPaths.Resolve(Spec.Output, _directory);
            OutputDirectory.CheckFor(output);
            string folder = Path.GetDirectoryName(output)!;
            long available = FileSystem.AvailableBytes(folder);
            double need = DiskNeed.BytesOfFrame(Spec.RenderOptions) * 2 * Spec.TotalFrames;
            string found = $"{folder}: {MachineChecks.Megabytes(available)} MB free; "
                + $"chunks and video need about {MachineChecks.Megabytes(need)} MB";
            const string Fix = "make room, or plan the job for another disk";
            if (available >= need) return found;
            if (available < need / Doubtful) findings.Fail("disk", found, Fix);
            else findings.Warn("disk", found, Fix);
            return null;
        });
    }

    /// <summary>Compares with the job's first complete chunk, as the merge will.</summary>
    /// <param name="here">Receipt of a frame that was rendered here.</param>
    /// <param name="findings">Gets the result.</param>
    internal void Compare(Receipt here, Findings findings)
    {
        const string Name = "other chunks";
        if (_first is not { } first || _firstChunk is not { } chunk) return;
        string fix = "render all chunks with the same image (docs/images.md), or all of them again with run-job --fresh";
        if (first.Maker != here.Maker)
        {
            findings.Fail(Name, string.Create(CultureInfo.InvariantCulture,
                $"chunk {chunk.Id} was rendered by {first.Maker}, this is {here.Maker}: the merge refuses both in one video"), fix);
            return;
        }

        var seals = new SealComparison();
        _ = seals.Add(chunk, first);
        var frame = new Chunk { Id = -1, StartFrame = 0, FrameCount = 1, Output = "" };
        Receipt machine = here with { Seal = here.Seal! with { Files = [], Responses = null, Fonts = null } };
        if (seals.Add(frame, machine, isRun: true) is { Count: > 0 } differences)
            findings.Fail(Name, $"rendered here, {differences[0]}", fix);
        else
            findings.Ok(Name, string.Create(CultureInfo.InvariantCulture, $"rendered as chunk {chunk.Id} was, by {here.Maker}"));
    }
}
