using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Jobs;

namespace Helios.Merge;

/// <summary>
/// Looks at every chunk before and while they are joined, and remembers what is wrong: all of it is told at once. Memory
/// does not grow with the number of chunks.
/// </summary>
internal sealed class ChunkInspection(JobSpec spec, MergeSettings settings)
{
    private const int MostListed = 20;
    private const int MostMedia = 2 * MediaClip.Most;

    private readonly ChunkCheck _check = new(spec, settings.Directory);
    private readonly List<string> _versions = []; // of what rendered; a line for each
    private readonly List<string> _lines = [];
    private readonly List<MediaClip> _media = [];
    private string? _encoding;
    private int _encodingOf;
    private int _firstBad;
    private int _bad;

    internal int Count { get; private set; }

    /// <summary>What the page plays. Every worker knows what was played until the end of its chunk.</summary>
    internal IReadOnlyList<MediaClip> Media => _media;

    /// <summary>Bytes of all chunks.</summary>
    internal long Size { get; private set; }

    /// <summary>Bytes of all pictures, which the video cannot have less of.</summary>
    internal long PictureBytes { get; private set; }

    /// <summary>Looks at a receipt and at the tables of its file: quick, reads little.</summary>
    internal void Inspect(Chunk chunk)
    {
        settings.Interrupts.ThrowIfRequested();
        Count++;
        var (state, reason, receipt) = _check.CheckReceipt(chunk);
        string? wrong = receipt is null ? reason : InspectVideo(chunk, receipt);
        if (wrong is not null) Add(chunk, state, wrong);
    }

    /// <summary>Looks at all bytes of a file.</summary>
    internal void InspectBytes(Chunk chunk, Action check)
    {
        var (state, reason) = _check.Check(chunk, check);
        if (state != ChunkState.Complete) Add(chunk, state, reason);
    }

    /// <exception cref="HeliosException">65: chunks are missing, wrong, or of different versions. They are listed before.</exception>
    internal void ThrowIfBad()
    {
        if (_bad > 0)
        {
            foreach (string line in _lines) settings.Warn(line);
            if (_bad > _lines.Count) settings.Warn(string.Create(CultureInfo.InvariantCulture, $"… and {_bad - _lines.Count} more"));
            throw new HeliosException(ExitCode.Invalid, string.Create(CultureInfo.InvariantCulture, $"{_bad} of {Count} chunks cannot be merged"), $"job {spec.JobId}",
                string.Create(CultureInfo.InvariantCulture, $"render them again, chunk {_firstBad} with --index {_firstBad} --force; helios check-job --outputs lists what is missing"));
        }

        if (settings.AllowsMixed || _versions.Count <= 1) return;
        _versions.ForEach(settings.Warn);
        throw new HeliosException(ExitCode.Invalid, "the chunks were rendered by different versions of browser or encoder, so seams may be seen", $"job {spec.JobId}",
            "render them with one version, or merge them as they are with --allow-mixed");
    }

    private string? InspectVideo(Chunk chunk, Receipt receipt)
    {
        string path = JobPaths.Resolve(chunk.Output, settings.Directory);
        if (VideoCheck.CheckChunk(path, spec.RenderOptions, chunk.FrameCount, out TrackFacts? video) is string wrong) return wrong;
        if (_encoding is null) (_encoding, _encodingOf) = (video!.Settings, chunk.Id);
        else if (_encoding != video!.Settings) return string.Create(CultureInfo.InvariantCulture, $"it is encoded differently than chunk {_encodingOf}");
        Size += receipt.Size;
        PictureBytes += video!.Bytes;
        foreach (MediaClip clip in receipt.Media ?? []) NoteMedia(clip);
        NoteVersions(chunk, ErrorText.OneLine($"{receipt.Browser} and ffmpeg {receipt.Encoder}"));
        return null;
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
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {word}: {ErrorText.OneLine(chunk.Output)}: {reason}"));
    }
}
