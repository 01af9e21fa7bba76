using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Media;
using Helios.Os;

namespace Helios.Merge;

/// <summary>
/// Inspects every chunk before and during concatenation, and collects all problems to report them at once. Memory does not grow
/// with the number of chunks.
/// </summary>
internal sealed class ChunkInspection(JobSpec spec, MergeSettings settings)
{
    private const int MostListed = 20;
    private const int MostMedia = 2 * MediaClip.Most;

    private readonly ChunkCheck _check = new(spec, settings.Directory,
        settings.AllowsChanged
            ? null
            : new ProjectFiles(spec, settings.Directory, settings.Interrupts.ThrowIfRequested, toleratesGone: true), settings.Stored);

    private readonly ChunkCheck _wholeCheck = new(spec, settings.Directory, files: null);
    private readonly List<StoredChunkFile> _stored = [];

    private readonly SealComparison _seals = new();
    private readonly SeamCheck _seams = new();
    private readonly List<string> _versions = []; // of renderers; a line for each
    private readonly List<string> _differences = []; // in files that pages read and in fonts
    private readonly List<string> _odd = []; // seams that do not fit
    private readonly List<string> _lines = [];
    private readonly List<MediaClip> _media = [];
    private readonly BufferCheck? _buffer = BufferCheck.Of(spec.RenderOptions);
    private string? _encoding;
    private int _encodingOf;
    private int _firstBad;
    private int _firstDifferent;
    private int _firstOdd;
    private int _bad;

    internal int Count { get; private set; }

    /// <summary>Media that the page plays. Every worker knows the media played until the end of its chunk.</summary>
    internal IReadOnlyList<MediaClip> Media => _media;

    /// <summary>Bytes of all chunks.</summary>
    internal long Size { get; private set; }

    /// <summary>Chunks of a job in a store, in order.</summary>
    internal IReadOnlyList<StoredChunkFile> Stored => _stored;

    /// <summary>Bytes of the longest chunk.</summary>
    internal long LongestSize { get; private set; }

    /// <summary>Bytes of all frames, a lower bound for the video; of a job in a store, what the merge needs of the disk.</summary>
    internal long VideoBytes { get; private set; }

    /// <summary>Checks a receipt and the tables of its file: quick, reads little.</summary>
    internal void Inspect(Chunk chunk)
    {
        settings.Interrupts.ThrowIfRequested();
        Count++;
        var (state, reason, receipt) = _check.CheckReceipt(chunk);
        NoteSeal(chunk, receipt);
        string? wrong = receipt is null ? reason : settings.Stored is null ? InspectVideo(chunk) : null;
        if (wrong is not null)
        {
            Add(chunk, state, wrong);
            return;
        }

        Size += receipt!.Size;
        LongestSize = Math.Max(LongestSize, receipt.Size);
        foreach (MediaClip clip in receipt.Media ?? []) NoteMedia(clip);
        NoteVersions(chunk, receipt.Maker);
        if (settings.Stored is null) return;
        VideoBytes = Size + Math.Min(Size, Math.Max(ChunkFetch.MostAhead, 2 * LongestSize));
        _stored.Add(new StoredChunkFile(chunk, receipt.Digest, receipt.Size, JobPaths.Resolve(chunk.Output, settings.Directory)));
    }

    /// <summary>Checks a chunk that was fetched from a store, all of it.</summary>
    /// <exception cref="HeliosException">65: it is wrong.</exception>
    internal void InspectFetched(Chunk chunk, Action check)
    {
        var (state, reason) = _wholeCheck.Check(chunk, check);
        string? wrong = state == ChunkState.Complete ? InspectVideo(chunk) : reason;
        if (wrong is null) return;
        Add(chunk, ChunkState.Wrong, wrong);
        ThrowIfBad();
    }

    /// <summary>Checks all bytes of a file.</summary>
    internal void InspectBytes(Chunk chunk, Action check)
    {
        var (state, reason) = _check.Check(chunk, check);
        if (state != ChunkState.Complete) Add(chunk, state, reason);
    }

    /// <exception cref="HeliosException">
    /// 65: chunks are missing, wrong, of different versions or files, or do not fit. They are listed first.
    /// </exception>
    internal void ThrowIfBad()
    {
        if (_bad > 0)
        {
            foreach (string line in _lines) settings.Warn(line);
            if (_bad > _lines.Count) settings.Warn(string.Create(CultureInfo.InvariantCulture, $"… and {_bad - _lines.Count} more"));
            throw new HeliosException(ExitCode.Invalid,
                string.Create(CultureInfo.InvariantCulture, $"{_bad} of {Count} chunks cannot be merged"), $"job {spec.JobId}",
                string.Create(CultureInfo.InvariantCulture,
                    $"render them again, chunk {_firstBad} with --index {_firstBad} --force; "
                    + $"helios check-job --outputs lists what is missing"));
        }

        if (_seams.Unproven > 0)
        {
            settings.Warn(string.Create(CultureInfo.InvariantCulture,
                $"helios: {_seams.Unproven} of {Count} chunks are of an earlier helios, which took no proof that they fit"));
        }

        if (_seals.Unlisted > 0)
        {
            settings.Warn(string.Create(CultureInfo.InvariantCulture,
                $"helios: the pages of {_seals.Unlisted} of {Count} chunks read more files than a receipt lists ({Seal.MostFiles}); "
                + $"the others were not compared"));
        }

        if (!settings.AllowsMixed) ThrowIfMixed();
        if (_buffer?.Fault is not string fault) return;
        throw new HeliosException(ExitCode.Invalid, fault, $"job {spec.JobId}", BufferCheck.Fix);
    }

    private void ThrowIfMixed()
    {
        if (_versions.Count > 1) _versions.ForEach(settings.Warn);
        _differences.ForEach(settings.Warn);
        _odd.ForEach(settings.Warn);
        string where = $"job {spec.JobId}";
        if (_versions.Count > 1)
        {
            throw new HeliosException(ExitCode.Invalid,
                "the chunks were rendered by different versions of helios, browser or encoder, or kinds of processor, so seams may be seen",
                where, "render them with one version, or merge them as they are with --allow-mixed");
        }

        if (_differences.Count > 0)
        {
            throw new HeliosException(ExitCode.Invalid,
                "the chunks were not rendered from the same files, by the same browser, fonts and kind of processor", where,
                string.Create(CultureInfo.InvariantCulture, $"render them again on machines that have the same, "
                    + $"chunk {_firstDifferent} with --index {_firstDifferent} --force, or merge them as they are with --allow-mixed"));
        }

        if (_odd.Count == 0) return;
        throw new HeliosException(ExitCode.Invalid, "chunks do not fit at their seams", where, string.Create(CultureInfo.InvariantCulture,
            $"render them again, chunk {_firstOdd} with --index {_firstOdd} --force and --preroll displayed, "
            + $"{(spec.RenderOptions.History == History.Replay ? "" : "or plan the job with --history replay, ")}"
            + $"or merge them as they are with --allow-mixed"));
    }

    private string? InspectVideo(Chunk chunk)
    {
        string path = JobPaths.Resolve(chunk.Output, settings.Directory);
        Action<uint>? onFrame = _buffer is null ? null : _buffer.Add;
        if (VideoCheck.CheckChunk(path, spec.RenderOptions, chunk.FrameCount, out TrackFacts? video, onFrame) is string wrong) return wrong;
        if (_encoding is null) (_encoding, _encodingOf) = (video!.Settings, chunk.Id);
        else if (_encoding != video!.Settings)
            return string.Create(CultureInfo.InvariantCulture, $"it is encoded differently than chunk {_encodingOf}");
        if (settings.Stored is null) VideoBytes += video!.Bytes;
        return null;
    }

    private void NoteSeal(Chunk chunk, Receipt? receipt)
    {
        foreach (string difference in receipt is null ? [] : _seals.Add(chunk, receipt))
        {
            if (_differences.Count == 0) _firstDifferent = chunk.Id;
            if (_differences.Count < MostListed)
                _differences.Add(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {difference}"));
        }

        if (_seams.Add(chunk, receipt) is not string seam) return;
        if (_odd.Count == 0) _firstOdd = chunk.Id;
        if (_odd.Count < MostListed) _odd.Add(seam);
    }

    /// <summary>One line for each pair of versions, naming the first chunk that has it.</summary>
    private void NoteVersions(Chunk chunk, string versions)
    {
        if (_versions.Count == MostListed || _versions.Exists(line => line.EndsWith(versions, StringComparison.Ordinal))) return;
        _versions.Add(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: rendered by {versions}"));
    }

    private void NoteMedia(MediaClip clip)
    {
        int known = _media.FindIndex(clip.IsSame);
        if (known >= 0) _media[known] = clip;
        else if (_media.Count < MostMedia) _media.Add(clip);
    }

    private void Add(Chunk chunk, ChunkState state, string reason)
    {
        if (_bad++ == 0) _firstBad = chunk.Id;
        string word = state == ChunkState.Missing ? "missing" : "wrong";
        if (_lines.Count < MostListed)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"chunk {chunk.Id}: {word}: {ErrorText.OneLine(chunk.Output)}: {reason}"));
        }
    }
}
