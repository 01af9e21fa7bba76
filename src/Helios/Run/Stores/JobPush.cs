using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// What push does: puts a job and its project, everything in the folder of the job file but chunk files and the video, into a folder of a
/// store. The job file comes last, so that no worker finds it before its project.
/// </summary>
internal static class JobPush
{
    // a link to a directory may lead outside, or in circles
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0 };

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

        var program = TransferFinder.Find(url, transfer);
        using PrivateDirectory place = PrivateDirectory.Create(PrivateDirectory.OfStore);
        string copy = Path.Combine(place.Path, name); // as it was checked
        stream.Position = 0;
        using (var file = new FileStream(copy, FileMode.CreateNew)) stream.CopyTo(file);
        var store = new Store(url, program, place.Path, interrupts);
        List<StoreObject> files = FindFiles(job.Directory, name, spec, interrupts);
        long bytes = 0;
        foreach (StoreObject file in files) bytes += file.Size;
        note(string.Create(CultureInfo.InvariantCulture,
            $"{JobPlan.Count(files.Count, "file")} and the job, {bytes / 1e6:0.0} MB → {url.Text}"));
        if (files.Count > 0) store.PutTree(files, job.Directory);
        store.Put(copy, name);
        return target.Text;
    }

    private static List<StoreObject> FindFiles(string directory, string jobFile, JobSpec spec, Interrupts interrupts)
    {
        var files = new List<StoreObject>();
        string prefix = ChunkFileNames.For(spec).Prefix;
        foreach (string path in EnumerateFiles(directory))
        {
            interrupts.ThrowIfRequested();
            string name = JobPaths.ToSlashes(Path.GetRelativePath(directory, path));
            if (name == jobFile || StoreRules.IsOutput(spec, name) || IsChunk(path, name, prefix)) continue;
            if (StoreUrl.WhyNotPath(name) is string what)
            {
                throw new HeliosException(ExitCode.Invalid, $"the name of the file \"{ErrorText.OneLine(name)}\" {what}", directory,
                    "rename it, or plan the job from a directory without it");
            }

            if (FileKind.WhyNotRegular(path, followsLinks: true) is null) files.Add(new StoreObject(name, SizeOf(path)));
        }

        return files;
    }

    /// <summary>Whether a file is a chunk of this job, or a finished one of another.</summary>
    /// <exception cref="HeliosException">65: it is none, but workers would take it for one.</exception>
    private static bool IsChunk(string path, string name, string prefix)
    {
        bool isOwn = name.StartsWith(prefix, StringComparison.Ordinal);
        bool? isChunk = ChunkNames.KindOf(name) switch
        {
            ChunkNameKind.None => isOwn ? null : false,
            ChunkNameKind.File => isOwn || File.Exists(Receipt.PathOf(path)),
            ChunkNameKind.Receipt => isOwn || File.Exists(Path.ChangeExtension(path, null)) ? true : null,
            _ => null,
        };
        return isChunk ?? throw new HeliosException(ExitCode.Invalid,
            $"the file \"{ErrorText.OneLine(name)}\" has a name that only chunks of a job have in a store", path,
            "rename or remove it, or plan the job from a directory without it");
    }

    /// <summary>All files of a directory and those in it, except links to directories.</summary>
    private static IEnumerable<string> EnumerateFiles(string directory)
    {
        foreach (string path in Directory.EnumerateFiles(directory, "*", s_all)) yield return path;
        foreach (string path in Directory.EnumerateDirectories(directory, "*", s_all))
        {
            if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0) continue;
            foreach (string inner in EnumerateFiles(path)) yield return inner;
        }
    }

    private static long SizeOf(string path)
    {
        using FileStream file = InputFile.OpenFile(path, path);
        return file.Length;
    }
}
