using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Page;
using Helios.Progress;
using Helios.Text;

namespace Helios.Run;

/// <summary>
/// A whole job on this machine: worker processes render the incomplete chunks, then the chunks are merged. It can be killed at any
/// moment: all its state is in the chunk files and their receipts.
/// </summary>
internal sealed class LocalRun
{
    private readonly JobSpec _spec;
    private readonly ChunkTable _chunks;
    private readonly RunSettings _settings;
    private readonly ChunkRemoval _removal;
    private readonly VersionTally _versions;
    private readonly RunStatus _status;
    private readonly int _workers;
    private readonly int _mostWorkers;
    private long _reusedBytes;
    private long _freedBytes;
    private bool _isLocked;

    internal LocalRun(JobSpec spec, ChunkTable chunks, RunSettings settings)
    {
        (_spec, _chunks, _settings) = (spec, chunks, settings);
        _removal = new ChunkRemoval(spec, settings.Directory);
        _versions = new VersionTally(spec.JobId, settings.AllowsMixed);
        _status = new RunStatus
        {
            JobId = spec.JobId,
            Output = settings.FrameFolder ?? OutputPath,
            TotalChunks = chunks.Count,
            TotalFrames = spec.TotalFrames,
        };
        WorkerChoice choice = settings.Workers is int typed
            ? new WorkerChoice(typed, typed, "--workers")
            : WorkerChoice.Make(Environment.ProcessorCount, new MachineLimits("/").CountWorkers(int.MaxValue, spec.RenderOptions),
                spec.TotalFrames);
        (_workers, _mostWorkers) = (choice.Count, choice.Most);
        if (settings.IsExplained) settings.Progress.Report(new WorkersChosen(choice.Count, chunks.Count, choice.Reason));
    }

    private string OutputPath => JobPaths.Resolve(_spec.Output, _settings.Directory);

    private string LockPath => JobPaths.LockOf(_spec, _settings.Directory);

    /// <exception cref="HeliosException">
    /// Any failure that made a chunk or the merge fail permanently; 75: another run has this job; 130, 143.
    /// </exception>
    internal void Run()
    {
        OutputDirectory.CheckFor(OutputPath);
        using FileLock heldLock = FileLock.TryTake(LockPath) ?? throw new HeliosException(ExitCode.Temporary,
            "another helios works on this job", LockPath, "wait for it, or end it first");
        _isLocked = heldLock.IsReal;
        int[] pending = _settings.FrameFolder is null ? FindPending() : AllChunks();
        RenderPending(pending);
        if (_settings.FrameFolder is null)
        {
            new ChunkRepair(_spec, _chunks, _settings, _status).Repair(pending, RenderAgain);
            Merge();
        }

        _settings.Publish?.Invoke();
        if (pending.Length == 0) PrivateDirectory.RemoveLeftovers();
        _status.Output = _settings.OutputName ?? _status.Output;
        _settings.Progress.Report(new RunFinished(_status));
    }

    /// <summary>Ids of the chunks that have to be rendered.</summary>
    private int[] FindPending()
    {
        var pending = new List<int>();
        var check = new ChunkCheck(_spec, _settings.Directory,
            new ProjectFiles(_spec, _settings.Directory, _settings.Interrupts.ThrowIfRequested));
        int wrong = 0;
        string reason = "";
        for (int id = 0; id < _chunks.Count; id++)
        {
            _settings.Interrupts.ThrowIfRequested();
            Chunk chunk = _chunks.Get(id);
            if (_settings.IsFresh)
            {
                pending.Add(id);
                if (check.CheckReceipt(chunk).Receipt is { } old) _freedBytes += old.Size;
                continue;
            }

            var (state, why, receipt) = check.CheckAll(chunk, _settings.Interrupts.ThrowIfRequested);
            if (receipt is not null)
            {
                _status.ReusedChunks++;
                _status.ReusedFrames += chunk.FrameCount;
                _reusedBytes += receipt.Size;
                _versions.Add(chunk, receipt);
                continue;
            }

            pending.Add(id);
            if (state == ChunkState.Wrong && wrong++ == 0) reason = string.Create(CultureInfo.InvariantCulture, $"chunk {id}: {why}");
        }

        if (wrong > 0)
        {
            _settings.Progress.Warn(string.Create(CultureInfo.InvariantCulture,
                $"{wrong} of the chunk files that are there cannot be used and are rendered again; {reason}"));
        }

        return [.. pending];
    }

    private int[] AllChunks()
    {
        int[] all = new int[_chunks.Count];
        for (int id = 0; id < all.Length; id++) all[id] = id;
        return all;
    }

    private void RenderPending(int[] pending)
    {
        _status.Workers = Math.Min(_workers, pending.Length);
        if (pending.Length > 0)
        {
            _ = CompositionSource.Find(_spec, _settings.MakeWorkerSettings()); // what every worker would refuse is reported once
            _ = new AudioSources(_spec, MakeMergeSettings()).Find([]); // reports a missing audio file now, not after hours
            FrameOutput.CheckEncoder(_spec, MakeMergeSettings().Ffmpeg);
            DiskNeed.Check(_spec, _status, _reusedBytes, _settings.Progress.Warn, _freedBytes);
        }

        // last: problems found before this point cost no chunk
        if (_settings.IsFresh && _settings.FrameFolder is null) VisitChunks(_removal.Remove);
        _settings.Progress.Report(new RunStarted(_status));
        if (pending.Length == 0) return;
        try
        {
            Work(pending);
        }
        finally
        {
            if (_settings.FrameFolder is string folder) RemoveUnfinished(folder);
        }
    }

    /// <param name="ids">Chunks whose files are useless.</param>
    /// <param name="hasSeams">Whether some of them do not fit their neighbours.</param>
    private void RenderAgain(int[] ids, bool hasSeams)
    {
        foreach (int id in ids) _removal.Remove(_chunks.Get(id)); // if the run is killed now, the next must not find them complete
        _status.Workers = Math.Min(_workers, ids.Length);
        List<string> options = [.. _settings.WorkerOptions];
        if (hasSeams)
        {
            // displaying every frame also covers what a jump has lost, and what the page observed of frames that were not displayed
            options.RemoveAll(static option => option.StartsWith("--preroll=", StringComparison.Ordinal));
            options.Add("--preroll=displayed");
        }

        Work(ids, _settings with { WorkerOptions = options });
    }

    private void Work(int[] ids) => Work(ids, _settings);

    private void Work(int[] ids, RunSettings settings)
    {
        var watch = Stopwatch.StartNew();
        using var crew = new WorkerCrew(_chunks.FramesOf, ids, settings, _status, CheckVersion)
        {
            Growth = new WorkerGrowth(Environment.ProcessorCount, Math.Min(_mostWorkers, ids.Length), ReadTimes, () => watch.Elapsed),
        };
        crew.Work();

        static (double Used, double Idle)? ReadTimes() =>
            ProcessTree.CpuTime() is double used && ProcessTree.IdleTime() is double idle ? (used, idle) : null;
    }

    /// <summary>
    /// Handles a finished worker: if its browser differs from that of the chunks that stay, the merge is impossible; the run must
    /// not find that out after hours.
    /// </summary>
    private void CheckVersion(int id)
    {
        if (_settings.FrameFolder is not null) return;
        Chunk chunk = _chunks.Get(id);
        _settings.OnChunk?.Invoke(chunk);
        if (new ChunkCheck(_spec, _settings.Directory, files: null).CheckReceipt(chunk).Receipt is { } receipt)
            _versions.Add(chunk, receipt);
    }

    /// <summary>Removes frames that a killed encoder did not finish; the job's lock ensures that no other process writes them.</summary>
    private void RemoveUnfinished(string folder)
    {
        const string End = ".png.tmp";
        long first = _spec.RenderOptions.StartFrame;
        foreach (string path in TemporaryFile.Find(folder, "", End))
        {
            string name = Path.GetFileName(path);
            if (DecimalText.TryParseDigits(name.AsSpan(0, name.Length - End.Length), out long frame) && frame >= first
                && frame < first + _spec.TotalFrames)
            {
                AtomicFile.DeleteQuietly(path);
            }
        }
    }

    private void Merge()
    {
        _status.BeginMerge();
        _settings.Progress.Report(new MergeStarted(_status.TotalChunks));
        _ = new ChunkMerger(_spec, VisitChunks, MakeMergeSettings()).Merge();
        _settings.Then?.Run(_spec, OutputPath, OutputPath, _settings.Interrupts, _settings.Progress.Warn);
        if (_settings.KeepsChunks) return;
        VisitChunks(_removal.Remove);
        _removal.RemoveRest();
    }

    private MergeSettings MakeMergeSettings() => new()
    {
        Directory = _settings.Directory,
        EncoderPath = EncoderFinder.Find(_settings.Encoder),
        Root = _settings.Root,
        AllowsMixed = _settings.AllowsMixed,
        AllowsChanged = _settings.AllowsChanged,
        Interrupts = _settings.Interrupts,
        Warn = _settings.Progress.Warn,
        IsLocked = _isLocked,
        OnFrame = frames => _settings.Progress.Report(new MergeAdvanced(frames, _spec.TotalFrames, Rate: null)),
    };

    private void VisitChunks(Action<Chunk> visit)
    {
        for (int id = 0; id < _chunks.Count; id++) visit(_chunks.Get(id));
    }
}
