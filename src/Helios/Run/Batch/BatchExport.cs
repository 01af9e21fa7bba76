using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs.Batch;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Plan.Rows;

namespace Helios.Run.Batch;

/// <summary>Writes the folder of a batch: a job spec for each row, and their index.</summary>
internal static class BatchExport
{
    /// <param name="folder">Absolute; it is made if it does not exist.</param>
    /// <param name="typed">The same as the user typed it, for messages.</param>
    /// <param name="planner">Plans the jobs; its rows have been checked.</param>
    /// <param name="first">The plan of the first row.</param>
    /// <param name="isCompact">Whether job specs are written on one line.</param>
    /// <exception cref="HeliosException">
    /// 73: the folder cannot be made; 74: a file cannot be written; 75: another helios works on it.
    /// </exception>
    internal static void Write(string folder, string typed, BatchPlanner planner, JobPlan first, bool isCompact)
    {
        MakeFolder(folder, typed);
        using FileLock held = FileLock.TryTake(BatchRun.LockOf(folder)) ?? throw new HeliosException(ExitCode.Temporary,
            "another helios works on this batch", folder, "wait for it, or end it first");
        WriteAll(folder, planner, first, isCompact);
        RemoveOthers(folder, planner.Count);
    }

    /// <summary>
    /// The index is removed first and written last: without one, the folder is no batch, whichever jobs are in it.
    /// </summary>
    private static void WriteAll(string folder, BatchPlanner planner, JobPlan first, bool isCompact)
    {
        string index = BatchFolder.IndexOf(folder);
        RemoveIndex(index);
        AtomicFile.Write(index, stream =>
        {
            var writer = new BatchWriter(stream);
            writer.Begin(planner.Count);
            int id = 0;
            foreach (JobPlan plan in planner.Plan(first))
            {
                WriteJob(Path.Combine(folder, BatchFolder.JobName(id)), plan, isCompact);
                writer.Add(new BatchRow(id, plan.Spec.JobId, plan.Spec.Output, plan.Spec.TotalFrames));
                id++;
            }

            FileSystem.Flush(folder);
            writer.End();
        });
    }

    private static void RemoveIndex(string index)
    {
        try
        {
            File.Delete(index);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the old batch cannot be replaced", index,
                "change its permissions, or name another folder");
        }
    }

    private static void WriteJob(string path, JobPlan plan, bool isCompact)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            _ = new JobWriter(file, isCompact).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the job cannot be written", path, "make room or change its permissions");
        }
    }

    private static void MakeFolder(string folder, string typed)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.CantCreate, "the folder cannot be made: " + ErrorText.Reason(error), $"--job {typed}",
                "name another", error);
        }
    }

    /// <summary>Removes what is left of an earlier batch with more rows.</summary>
    private static void RemoveOthers(string folder, int count)
    {
        for (int id = count; File.Exists(Path.Combine(folder, BatchFolder.JobName(id))); id++)
        {
            AtomicFile.DeleteQuietly(Path.Combine(folder, BatchFolder.ReceiptName(id)));
            AtomicFile.DeleteQuietly(Path.Combine(folder, BatchFolder.JobName(id)));
        }
    }
}
