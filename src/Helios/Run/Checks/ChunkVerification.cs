using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os;
using Helios.Page;
using Helios.Render;
using Helios.Run.Stores;
using Helios.Text;

namespace Helios.Run.Checks;

/// <summary>
/// Renders border frames of some chunks again and compares them with the digests in the receipts, for those who doubt a machine. Nothing is
/// encoded, and no chunk file or receipt is written.
/// </summary>
/// <param name="job">The spec.</param>
/// <param name="stored">The job in a store, of which the spec is a copy; null for a local job.</param>
/// <param name="makeSettings">Finds the browser.</param>
internal sealed class ChunkVerification(JobSource job, StoredJob? stored, Func<Interrupts, RenderSettings> makeSettings)
{
    private readonly List<Chunk> _chunks = [];
    private readonly List<Receipt> _receipts = [];
    private JobSpec? _spec;
    private BorderFrame? _last; // of one chunk, often the one before the next

    /// <param name="sample">Number of chunks.</param>
    /// <param name="seed">What chooses them; <see cref="ChunkSample.OfJob"/> for the job's id.</param>
    /// <param name="onChunk">Receives each, in order.</param>
    /// <returns>The job, and the number of its chunks.</returns>
    /// <exception cref="HeliosException">65: a chunk is wrong; 66: one is missing; and as of <see cref="BorderFrame.Render"/>.</exception>
    internal (JobSpec Spec, int Chunks) Run(int sample, long seed, Action<VerifiedChunk> onChunk)
    {
        using var interrupts = new Interrupts();
        int count = Choose(sample, seed);
        RenderSettings settings = makeSettings(interrupts);
        stored?.FetchProject(_spec!);
        for (int i = 0; i < _chunks.Count; i++)
        {
            VerifiedChunk verified = Verify(_chunks[i], _receipts[i], settings);
            interrupts.ThrowIfRequested();
            onChunk(verified);
        }

        return (_spec!, count);
    }

    /// <summary>Chooses chunks and reads their receipts, so that what is missing is known before anything is rendered.</summary>
    private int Choose(int sample, long seed)
    {
        using Stream stream = job.OpenSeekable();
        var (spec, count) = job.ReadChecked(stream);
        _spec = spec;
        stored?.Prepare(spec);
        stream.Position = 0;
        var chosen = new ChunkSample(count, sample, seed == ChunkSample.OfJob ? ChunkSample.SeedOf(spec.JobId) : (ulong)seed);
        _ = new JobReader(job.Name).ReadAll(stream, chunk =>
        {
            if (chosen.Takes()) _chunks.Add(chunk);
        });
        var check = new ChunkCheck(spec, job.Directory, files: null, stored?.Chunks);
        foreach (Chunk chunk in _chunks)
        {
            stored?.FetchReceipt(chunk);
            _receipts.Add(Read(chunk, check));
        }

        return count;
    }

    private static Receipt Read(Chunk chunk, ChunkCheck check)
    {
        var (state, reason, receipt) = check.CheckReceipt(chunk);
        if (receipt is { Seal: not null, Seam: not null }) return receipt;
        string name = "chunk " + chunk.Id.ToString(CultureInfo.InvariantCulture);
        if (state == ChunkState.Missing)
        {
            throw new HeliosException(ExitCode.NoInput, $"{name} is missing: {reason}", chunk.Output,
                "verify a job whose chunks are there (run-job --keep-chunks); check-job --outputs lists them");
        }

        const string Fix = "render it again with render-chunk --force";
        if (receipt is null) throw new HeliosException(ExitCode.Invalid, $"{name} is wrong: {reason}", chunk.Output, Fix);
        throw new HeliosException(ExitCode.Invalid, $"the receipt of {name} has no digests of frames", chunk.Output, Fix);
    }

    private VerifiedChunk Verify(Chunk chunk, Receipt receipt, RenderSettings settings)
    {
        var verified = new VerifiedChunk(chunk.Id);
        if (receipt.Seam!.Before is string before) Compare(chunk.StartFrame - 1, before);
        Compare(chunk.StartFrame + chunk.FrameCount - 1, receipt.Seam.Last);
        return verified;

        void Compare(long frame, string expected)
        {
            BorderFrame here = Find(frame, expected, chunk, receipt, settings);
            verified.Frames.Add(new VerifiedFrame(frame, expected, here.Digest));
            if (here.Digest != expected) verified.Difference ??= Describe(chunk, receipt, here);
        }
    }

    /// <summary>
    /// The frame as a worker has it whose chunk begins after it: after a jump, which takes little time. Where the page keeps what a jump
    /// loses, the frame differs on every machine. So a frame that differs counts only if it also does after all frames of its chunk,
    /// as its worker has rendered it, and after all frames of the page, run and displayed.
    /// </summary>
    private BorderFrame Find(long frame, string expected, Chunk chunk, Receipt receipt, RenderSettings settings)
    {
        RenderSettings exact = settings with { Preroll = Preroll.Displayed };
        bool wasExact = receipt.Seal!.History != _spec!.RenderOptions.History.Name; // run-job has rendered it again
        BorderFrame here = wasExact ? BorderFrame.Render(_spec, frame + 1, frame, exact) : RenderOrReuse(frame, settings);
        if (wasExact || here.Digest == expected) return here;
        if (frame >= chunk.StartFrame) here = BorderFrame.Render(_spec, chunk.StartFrame, frame, settings);
        return here.Digest == expected ? here : BorderFrame.Render(_spec, frame + 1, frame, exact);
    }

    private BorderFrame RenderOrReuse(long frame, RenderSettings settings) =>
        _last?.Number == frame ? _last : _last = BorderFrame.Render(_spec!, frame + 1, frame, settings);

    private static string Describe(Chunk chunk, Receipt receipt, BorderFrame here)
    {
        Receipt machine = receipt with
        {
            Helios = Versions.Text,
            Browser = here.BrowserVersion,
            Seal = here.Seal with { History = receipt.Seal!.History },
        };
        var frame = new Chunk { Id = -1, StartFrame = here.Number, FrameCount = 1, Output = "" };
        return SealComparison.Describe(chunk, receipt, frame, machine);
    }
}
