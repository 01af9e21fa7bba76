using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.ExceptionServices;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Progress;
using Helios.Run.Stores;

namespace Helios.Run.Batch;

/// <summary>
/// A whole batch on this machine: worker processes render the rows that are not complete, each to its video. A row that fails does not end
/// the others. It can be killed at any moment: all its state is in the videos and their receipts.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="settings">Settings of the run; its job file is the folder.</param>
/// <param name="isFailFast">Whether the first row that fails ends the run.</param>
/// <param name="stored">The batch in a store, of which the folder is a copy; its workers fetch and put. Null for a local one.</param>
internal sealed class BatchRun(BatchSource batch, RunSettings settings, bool isFailFast, StoredBatch? stored = null)
{
    private readonly Dictionary<int, HeliosException> _failures = [];
    private readonly Dictionary<int, HeliosException> _interrupted = [];
    private readonly List<int> _frames = []; // of each row
    private RowReceipts? _receipts;
    private bool _hasBegun; // rows are rendered
    private int _signals; // those that are known: one more ends what is done after them

    private RowReceipts Receipts => _receipts ??= new(batch, ThrowIfSignalled, stored is null ? null : stored.SizeOf);

    /// <exception cref="HeliosException">
    /// The failure of a row, when not all are there at the end; 75: another run has this batch; 130, 143.
    /// </exception>
    internal void Run()
    {
        using FileLock heldLock = FileLock.TryTake(LockOf(batch.Folder)) ?? throw new HeliosException(ExitCode.Temporary,
            "another helios works on this batch", batch.Folder, "wait for it, or end it first");
        stored?.FetchAll();
        long totalFrames = 0;
        _ = batch.Read(row =>
        {
            _frames.Add((int)row.TotalFrames); // at most 10^9
            totalFrames += row.TotalFrames;
        });
        var status = new RunStatus
        {
            JobId = Path.GetFileName(Path.TrimEndingDirectorySeparator(batch.Name)),
            Output = batch.Name,
            TotalChunks = _frames.Count,
            TotalFrames = totalFrames,
            Unit = settings.Progress.Unit,
        };
        int[] pending = FindPending(status);
        HeliosException? failure = null;
        try
        {
            Render(pending, status);
        }
        catch (HeliosException error)
        {
            failure = error;
        }

        _signals = settings.Interrupts.Count;
        if (failure is null && _failures.Count > 0) failure = Summarize();
        if (stored is null || (_hasBegun && _signals == 0)) Report(failure); // after a signal nothing is fetched or put
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        settings.Progress.Report(new RunFinished(status));
    }

    /// <summary>Writes the report. Why rows failed is more important than why that fails.</summary>
    /// <exception cref="HeliosException">It cannot be written, or put; 75: a row is not there although nothing failed.</exception>
    private void Report(HeliosException? failure)
    {
        try
        {
            int reported = WriteReport();
            if (failure is not null || reported == _frames.Count) return;
        }
        catch (HeliosException error) when (failure is not null)
        {
            settings.Progress.Warn($"there is no report of this run: {error.What} ({error.Where})");
            return;
        }

        throw new HeliosException(ExitCode.Temporary, "rows that were rendered are not complete: something else has changed them",
            batch.Name, "see check-job --outputs, then run it again");
    }

    /// <returns>Number of rows in it.</returns>
    private int WriteReport()
    {
        try
        {
            stored?.FetchAll();
        }
        catch (HeliosException error) when (error.Code == ExitCode.Temporary)
        {
            stored?.FetchAll(); // another run may have put a receipt after the list
        }

        int reported = new BatchReport(batch, Receipts).Write(_failures, _interrupted);
        stored?.PutReport();
        return reported;
    }

    /// <summary>Every process that writes into the folder of a batch holds this lock.</summary>
    internal static string LockOf(string folder) => Path.Combine(folder, BatchFolder.LockName);

    private int[] FindPending(RunStatus status)
    {
        var pending = new List<int>();
        for (int id = 0; id < _frames.Count; id++)
        {
            settings.Interrupts.ThrowIfRequested();
            if (!settings.IsFresh && IsComplete(id))
            {
                status.ReusedChunks++;
                status.ReusedFrames += _frames[id];
                continue;
            }

            if (settings.IsFresh) Receipts.Remove(id);
            pending.Add(id);
        }

        return [.. pending];
    }

    private bool IsComplete(int id)
    {
        try
        {
            return Receipts.IsDone(id);
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.NoInput)
        {
            return false; // its worker says what is wrong with the job
        }
    }

    private void Render(int[] pending, RunStatus status)
    {
        status.Workers = settings.Workers ?? 1;
        if (pending.Length > 0)
        {
            _ = settings.MakeWorkerSettings(); // no browser, no encoder: reported once
            status.Workers = Math.Min(settings.Workers ?? CountWorkers(pending[0]), pending.Length);
        }

        if (settings.IsFresh) stored?.DeleteReceipts();
        _hasBegun = true;
        settings.Progress.Report(new RunStarted(status));
        if (pending.Length == 0)
        {
            PrivateDirectory.RemoveLeftovers();
            return;
        }

        using var crew = new WorkerCrew(id => _frames[id], pending, settings, status, static _ => { })
        {
            OnFailure = Note,
            OnInterrupt = row => _interrupted[row] = settings.Interrupts.ToException("run it again to continue"),
        };
        crew.Work();
    }

    private int CountWorkers(int row)
    {
        try
        {
            JobSource job = batch.JobOf(row);
            using Stream stream = job.Open();
            return new MachineLimits("/").CountWorkers(Environment.ProcessorCount, job.ReadChecked(stream).Spec.RenderOptions);
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.NoInput)
        {
            return 1;
        }
    }

    private void ThrowIfSignalled()
    {
        if (settings.Interrupts.Count > _signals) settings.Interrupts.ThrowIfRequested();
    }

    /// <summary>What every other row would fail of as well ends the run.</summary>
    private void Note(int row, HeliosException error)
    {
        _failures[row] = error;
        if (isFailFast || !RowTask.IsOfRow(error)) throw error;
        settings.Progress.Report(new RowFailed(row, error));
    }

    /// <summary>The code of the first row that no retry helps; without one, that of the first.</summary>
    private HeliosException Summarize()
    {
        int first = -1;
        foreach (var (row, error) in _failures)
        {
            bool isPermanent = ExitCodes.Find((int)error.Code) is not { IsRetryable: true };
            bool wasPermanent = first >= 0 && ExitCodes.Find((int)_failures[first].Code) is not { IsRetryable: true };
            if (first < 0 || (isPermanent && !wasPermanent) || (isPermanent == wasPermanent && row < first)) first = row;
        }

        HeliosException failure = _failures[first];
        return new HeliosException(failure.Code,
            string.Create(CultureInfo.InvariantCulture,
                $"{_failures.Count} of {JobPlan.Count(_frames.Count, "row")} failed; row {first}: {failure.What}"),
            Path.Combine(batch.Name, BatchFolder.ReportName), "fix what it says, then run it again: the other rows stay", failure);
    }
}
