using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Plan;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// What push does: puts a job and its project, everything in the folder of the job file but chunk files and the video, into a folder of a
/// store. The job file comes last, so that no worker finds it before its project.
/// </summary>
internal static class JobPush
{
    /// <param name="job">The spec.</param>
    /// <param name="folder">The folder in the store, as typed.</param>
    /// <param name="transfer">Value of <c>--transfer</c>.</param>
    /// <param name="note">Receives a line that says how much is put.</param>
    /// <returns>The address of the job.</returns>
    /// <exception cref="HeliosException">64: no address; 65: the job is broken, or not only of this folder; 66, 69, 73, 75.</exception>
    internal static string Run(JobSource job, string folder, string? transfer, Action<string> note)
    {
        StoreUrl url = StoreUrl.ParseFolder(folder);
        using var interrupts = new Interrupts();
        using Stream stream = job.OpenSeekable();
        var (spec, _) = job.ReadChecked(stream);
        StoreRules.Check(spec, job.Name);
        string name = job.IsStandardInput ? "job.json" : Path.GetFileName(job.Path);
        StoreUrl target = url.Child(StoreUrl.WhyNotName(name) is string what
            ? throw new HeliosException(ExitCode.Usage, $"the name of the job file {what}", job.Name, "rename it")
            : name);

        using var copy = new StoreCopy(url, transfer);
        interrupts.ThrowIfRequested(); // the store knows of signals from here on
        string written = Path.Combine(copy.Directory, name); // as it was checked
        stream.Position = 0;
        using (var file = new FileStream(written, FileMode.CreateNew)) stream.CopyTo(file);
        List<StoreObject> files = ProjectTree.Find(job.Directory, ChunkFileNames.For(spec).Prefix,
            file => file == name || StoreRules.IsOutput(spec, file), interrupts);
        note(string.Create(CultureInfo.InvariantCulture,
            $"{JobPlan.Count(files.Count, "file")} and the job, {StoreObject.SizeOf(files) / 1e6:0.0} MB → {url.Text}"));
        if (files.Count > 0) copy.Store.PutTree(files, job.Directory);
        copy.Store.Put(written, name);
        return target.Text;
    }
}
