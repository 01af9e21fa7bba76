using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Os;
using Helios.Plan;
using Helios.Run.Batch;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// What push does with a batch: its project, everything in its folder that is not of the batch itself, goes into a folder of its own; then
/// jobs and index; and last the number of rows, without which there is no batch.
/// </summary>
internal static class BatchPush
{
    /// <param name="batch">The batch.</param>
    /// <param name="folder">The folder in the store, as typed.</param>
    /// <param name="transfer">Value of <c>--transfer</c>.</param>
    /// <param name="note">Receives a line that says how much is put.</param>
    /// <returns>The address of the batch.</returns>
    /// <exception cref="HeliosException">As of <see cref="JobPush.Run"/>.</exception>
    internal static string Run(BatchSource batch, string folder, string? transfer, Action<string> note)
    {
        StoreUrl url = StoreUrl.ParseFolder(folder);
        using var interrupts = new Interrupts();
        var jobs = new List<StoreObject>();
        var outputs = new HashSet<string>(StringComparer.Ordinal); // those that are there
        int rows = batch.Read(row =>
        {
            interrupts.ThrowIfRequested();
            StoreRules.Check(batch.ReadJob(row).Spec, batch.JobOf(row.Id).Name);
            jobs.Add(new StoreObject(BatchFolder.JobName(row.Id), new FileInfo(batch.JobOf(row.Id).Path).Length));
            if (File.Exists(JobPaths.Resolve(row.Output, batch.Directory))) _ = outputs.Add(row.Output);
        });
        List<StoreObject> project = ProjectTree.Find(batch.Folder, prefix: null,
            name => BatchFolder.IsOwn(name) || outputs.Contains(name), interrupts);
        note(string.Create(CultureInfo.InvariantCulture,
            $"{JobPlan.Count(project.Count, "file")} and {JobPlan.Count(rows, "job")}, "
                + $"{StoreObject.SizeOf(project) / 1e6:0.0} MB → {url.Text}"));

        using var copy = new StoreCopy(url, transfer);
        interrupts.ThrowIfRequested(); // the store knows of signals from here on
        if (project.Count > 0) copy.Open(url.Child(BatchFolder.ProjectName)).PutTree(project, batch.Folder);
        copy.Store.PutTree(jobs, batch.Folder);
        copy.Store.Put(BatchFolder.IndexOf(batch.Folder), BatchFolder.IndexName);
        string head = Path.Combine(copy.Scratch, BatchFolder.HeadName);
        using (var stream = new FileStream(head, FileMode.CreateNew))
        {
            var writer = new BatchWriter(stream);
            writer.Begin(rows);
            writer.End();
        }

        copy.Store.Put(head, BatchFolder.HeadName);
        return url.Text;
    }
}
