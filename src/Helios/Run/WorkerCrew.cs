using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Progress;

namespace Helios.Run;

/// <summary>
/// Keeps the allowed number of workers busy until every chunk is rendered: one thread, which sleeps until a worker produces output.
/// A worker that has finished a chunk gets another, its neighbour if possible, and continues in the same page. A failed chunk is tried
/// again if its exit code says that this can help; otherwise the whole run ends.
/// </summary>
/// <param name="framesOf">Length of a chunk by its id.</param>
/// <param name="pending">Ids of those to render, in order.</param>
/// <param name="settings">Settings of the run.</param>
/// <param name="status">Its status.</param>
/// <param name="onFinish">Called for every chunk that is complete.</param>
internal sealed class WorkerCrew(Func<int, long> framesOf, int[] pending, RunSettings settings, RunStatus status,
    Action<int> onFinish) : IDisposable
{
    private const int TickMs = 200;
    private const int ExitTimeout = 50; // ms in which a worker usually ends after its last event
    private const int LongestDelay = 30_000;
    private const int StopTimeout = 10_000; // a worker gives its browser 2 s

    // contains the leftovers of killed workers, and is removed with them
    private readonly PrivateDirectory _temporary = PrivateDirectory.Create(PrivateDirectory.OfRun);
    private readonly List<Worker> _running = [];
    private readonly List<Retry> _retries = [];
    private readonly ChunkRuns _runs = new(pending, framesOf, status.Workers);

    /// <summary>A chunk that waits for another attempt.</summary>
    private readonly record struct Retry(int Chunk, int Attempt, long Due);

    /// <summary>Starts a worker with a directory for its temporary files.</summary>
    internal Func<string, Worker> StartWorker { get; init; } =
        temporary => Worker.Start(settings, temporary, settings.Progress.Warn);

    /// <summary>Starts more workers than the status says at first, where that pays; null for a fixed number.</summary>
    internal WorkerGrowth? Growth { get; init; }

    /// <summary>ms before the first retry of a chunk; doubles with each.</summary>
    internal int FirstDelay { get; init; } = 1000;

    /// <summary>Called for a chunk that failed for good; the run ends when it throws.</summary>
    internal Action<int, HeliosException> OnFailure { get; init; } = static (_, error) => throw error;

    /// <summary>Called for a chunk that was begun and is not complete when a signal ends the run.</summary>
    internal Action<int> OnInterrupt { get; init; } = static _ => { };

    /// <exception cref="HeliosException">The permanent failure of a chunk; 130, 143: interrupted.</exception>
    internal void Work()
    {
        while (true)
        {
            if (settings.Interrupts.Count > 0)
            {
                NoteInterrupted();
                throw settings.Interrupts.ToException(string.Create(CultureInfo.InvariantCulture,
                    $"run it again to continue: {status.ReusedChunks + status.FinishedChunks} of {status.TotalChunks} "
                        + $"{status.Unit}{(status.TotalChunks == 1 ? " is" : "s are")} complete"));
            }

            StartWorkers();
            if (_running.Count == 0 && _retries.Count == 0 && _runs.IsEmpty) return;
            WaitForWorkers();
            for (int i = _running.Count - 1; i >= 0; i--) Service(_running[i]);
            Grow();
            status.RunningWorkers = _running.Count;
            status.RunningFrames = 0;
            foreach (Worker worker in _running)
                if (worker.Chunk is int chunk) status.RunningFrames += Math.Min(worker.Frames, framesOf(chunk));
            settings.Progress.Report(new RunAdvanced(status));
        }
    }

    /// <summary>Ends running workers: first asks them to, so that they clean up; a second signal skips that wait.</summary>
    public void Dispose()
    {
        int signals = settings.Interrupts.Count;
        foreach (Worker worker in _running) worker.Terminate();
        long start = Stopwatch.GetTimestamp();
        foreach (Worker worker in _running)
        {
            while (settings.Interrupts.Count == signals && Stopwatch.GetElapsedTime(start).TotalMilliseconds < StopTimeout)
                if (worker.Wait(TickMs) is not null) break;
            worker.Dispose();
        }

        _running.Clear();
        _temporary.Dispose();
    }

    private void NoteInterrupted()
    {
        foreach (Worker worker in _running)
            if (worker is { IsFinished: false, Chunk: int chunk }) OnInterrupt(chunk);
        foreach (Retry retry in _retries) OnInterrupt(retry.Chunk);
    }

    private void StartWorkers()
    {
        while (_running.Count < status.Workers && (FindDue() is not null || !_runs.IsEmpty))
        {
            _running.Add(StartWorker(_temporary.Path));
            _ = TryAssign(_running[^1]);
        }
    }

    private void Grow()
    {
        if (Growth is null || _runs.IsEmpty || _running.Count < status.Workers) return;
        bool haveBegun = _running.TrueForAll(static worker => worker.HasBegun);
        if (Growth.FindReason(status.Workers, haveBegun, status.SecondsLeft) is not string reason) return;
        status.Workers++;
        if (settings.IsExplained) settings.Progress.Report(new WorkersChosen(status.Workers, status.TotalChunks, reason));
    }

    /// <summary>Gives a worker the next chunk; false when there is none now.</summary>
    private bool TryAssign(Worker worker)
    {
        int attempt = 1;
        int? chunk;
        if (FindDue() is int i)
        {
            (chunk, attempt) = (_retries[i].Chunk, _retries[i].Attempt);
            _retries.RemoveAt(i);
        }
        else
        {
            chunk = _runs.Take(worker);
        }

        if (chunk is not int id) return false;
        worker.Assign(id, attempt);
        settings.Progress.Report(new ChunkStarted(id, framesOf(id), attempt));
        return true;
    }

    private int? FindDue()
    {
        long now = Stopwatch.GetTimestamp();
        int i = _retries.FindIndex(retry => retry.Due <= now);
        return i < 0 ? null : i;
    }

    private void WaitForWorkers()
    {
        var outputs = new List<PipeEnd>();
        foreach (Worker worker in _running)
            if (!worker.HasOutputEnded) outputs.Add(worker.Output);
        PipeEnd.WaitForAny(CollectionsMarshal.AsSpan(outputs), TickMs);
    }

    private void Service(Worker worker)
    {
        worker.ReadOutput();
        if (worker is { IsFinished: true, Chunk: int finished })
        {
            long frames = framesOf(finished);
            status.Add(finished, frames, worker.Timings);
            settings.Progress.Report(new ChunkFinished(finished, frames, worker.Bytes, worker.Timings, Output: null));
            onFinish(finished);
            if (worker.HasOutputEnded || !TryAssign(worker)) worker.Finish();
        }

        bool isWedged = worker.SilentMilliseconds > settings.SilenceLimit;
        int? code = worker.HasOutputEnded ? worker.Wait(ExitTimeout) : null;
        if (code is null && !isWedged) return; // a worker that closed its stderr may still be working

        _running.Remove(worker);
        _runs.Release(worker);
        worker.Dispose();
        if (worker.Chunk is not int chunk) return; // it had nothing left to do
        HeliosException error = code is int exitCode ? worker.ToError(exitCode) : new HeliosException(ExitCode.Temporary,
            string.Create(CultureInfo.InvariantCulture, $"the worker said nothing for {settings.SilenceLimit / 1000} s"),
            string.Create(CultureInfo.InvariantCulture, $"{status.Unit} {chunk}"), "run it again");
        TryAgain(chunk, worker.Attempt, error);
    }

    private void TryAgain(int chunk, int attempt, HeliosException error)
    {
        // waiting does not fix a full disk, and a retry would cost every frame of the chunk again
        bool canHelp = ExitCodes.Find((int)error.Code) is { IsRetryable: true } && error.Reason != Reason.DiskFull;
        if (!canHelp || attempt > settings.Retries)
        {
            OnFailure(chunk, attempt == 1 ? error : new HeliosException(error.Code,
                string.Create(CultureInfo.InvariantCulture, $"{error.What} (attempt {attempt} of {settings.Retries + 1})"),
                error.Where, error.Fix, error, error.Reason));
            return;
        }

        int delay = Math.Min(FirstDelay << Math.Min(attempt - 1, 10), LongestDelay);
        status.Retries++;
        _retries.Add(new Retry(chunk, attempt + 1, Stopwatch.GetTimestamp() + (delay * Stopwatch.Frequency / 1000)));
        settings.Progress.Report(new ChunkFailed(chunk, attempt, error, delay));
    }
}
