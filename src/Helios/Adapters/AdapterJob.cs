using System;
using System.Collections.Generic;
using System.IO;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Plan;

namespace Helios.Adapters;

/// <summary>An adapter's view of a job: everything except the chunks themselves.</summary>
/// <param name="Spec">The header.</param>
/// <param name="ChunkCount">From 1.</param>
/// <param name="HasUsualChunkFiles">Whether every chunk file is <c>temp_&lt;jobId&gt;_part_&lt;id&gt;</c> next to the output.</param>
/// <param name="File">The job file as it was typed, or <c>-</c>.</param>
internal sealed record AdapterJob(JobSpec Spec, int ChunkCount, bool HasUsualChunkFiles, string File)
{
    internal const string MergeStep = "merge";

    /// <summary>
    /// Whether it is a batch: the file is its folder, the header that of its first row, and what is counted are rows, each of which a task
    /// renders to its video. There is no merge then, and a row that fails does not make the others useless.
    /// </summary>
    internal bool IsBatch { get; init; }

    /// <summary>Calls back with the output of every row of a batch, in order, for engines that have to name them.</summary>
    internal Action<Action<string>> VisitOutputs { get; init; } = static _ => { };

    /// <summary>What a task renders: <c>chunk</c> or <c>row</c>.</summary>
    internal string Item => IsBatch ? "row" : "chunk";

    /// <summary>The step of these tasks, in documents and names: <c>chunks</c> or <c>rows</c>.</summary>
    internal string Step => Item + "s";

    /// <summary>All steps in their order. An engine writes a document for each, whichever they are.</summary>
    internal string[] Steps => IsBatch ? [Step] : [Step, MergeStep];

    /// <summary>A piece of text for each step: names, ids and commands of submission scripts.</summary>
    /// <param name="separator">Between them.</param>
    /// <param name="write">The piece of a step.</param>
    /// <param name="isBackwards">The last step first: nothing that waits for a step is cancelled after it.</param>
    internal string ForSteps(string separator, Converter<string, string> write, bool isBackwards = false)
    {
        string[] pieces = Array.ConvertAll(Steps, write);
        if (isBackwards) Array.Reverse(pieces);
        return string.Join(separator, pieces);
    }

    /// <summary>How comments name it.</summary>
    internal string Title => (IsBatch ? "helios batch " : "helios job ") + Id;

    /// <summary>The id in names and comments. The ids of a batch end with the row where the user named them.</summary>
    internal string Id => IsBatch && Spec.JobId.EndsWith("-0", StringComparison.Ordinal) ? Spec.JobId[..^2] : Spec.JobId;

    /// <summary>Name of the job file without its directory.</summary>
    internal string FileName => File == "-" ? "job.json" : Path.GetFileName(File);

    /// <summary>Path of the job file in tasks that share this machine's files; never reads as an option.</summary>
    internal string LocalPath(AdapterOptions options)
    {
        string path = options.JobPath ?? (File == "-" ? "job.json" : File);
        return path[0] == '-' ? "./" + path : path;
    }

    /// <summary>Path of the job file in tasks, on a mounted volume; or its address in a store.</summary>
    internal string MountedPath(AdapterOptions options, string mount) => AddressOf(options) ?? options.JobPath ?? PathBelow(mount);

    /// <summary>Path of the job file in a directory; a batch whose folder is given without a name is that directory.</summary>
    internal string PathBelow(string directory) => IsBatch && FileName is "." or ".." ? directory : $"{directory}/{FileName}";

    /// <summary>The job is a copy of one in a store, whose folder this is; null for one that is still to be uploaded.</summary>
    internal string? StoreFolder { get; init; }

    /// <summary>Address of the job file for tasks without a volume; null when they have one.</summary>
    internal string? AddressOf(AdapterOptions options) =>
        (StoreFolder ?? options.Bucket) is string folder ? IsBatch ? folder : folder + FileName : null;

    /// <summary>Address of the video, or of the folder below which those of rows are; likewise.</summary>
    internal string? VideoOf(AdapterOptions options) =>
        (StoreFolder ?? options.Bucket) is string folder ? IsBatch ? folder : folder + Spec.Output : null;

    /// <summary>The words that upload the job; null when it is there or needs no upload.</summary>
    internal string[]? PushOf(AdapterOptions options) =>
        StoreFolder is null && options.Bucket is string folder
            ? ["helios", "push", File[0] == '-' ? "./" + File : File, folder]
            : null;

    /// <summary>Name of the job and its documents in the engine.</summary>
    internal string NameOf(AdapterOptions options) => options.Name ?? "helios-" + Id;

    /// <summary>The first absolute path of the job, or null when all are relative to the directory of its file.</summary>
    private string? FirstAbsolutePath
    {
        get
        {
            if (PathRules.IsAbsolute(Spec.Output)) return Spec.Output;
            if (CompositionUrl.IsFile(Spec.Composition)) return Spec.Composition;
            return PathsRead.Find(PathRules.IsAbsolute);
        }
    }

    /// <summary>Paths of what tasks read in addition to the composition.</summary>
    private List<string> PathsRead =>
    [
        .. Spec.Root is string root ? [root] : Array.Empty<string>(),
        .. Array.ConvertAll(Spec.RenderOptions.Audio, static track => track.File),
        .. Spec.RenderOptions.Fonts is FontFolder fonts ? [fonts.Directory] : Array.Empty<string>(),
    ];

    /// <summary>Files that a task writes outside its volume are lost with its container.</summary>
    /// <exception cref="HeliosException">64: the job names files outside the mount.</exception>
    internal void CheckMounted(AdapterOptions options, string mount)
    {
        if (AddressOf(options) is not null) return; // checked by the rules of jobs in a store

        Check(Spec.Output, "writes");
        if (CompositionUrl.IsFile(Spec.Composition) && CompositionUrl.TryGetPath(Spec.Composition, "/", out string page))
            Check(page, "reads");
        foreach (string path in PathsRead) Check(path, "reads");

        void Check(string path, string verb) => EngineLimits.ThrowUnless(
            !PathRules.IsAbsolute(path) || path.StartsWith(mount.TrimEnd('/') + "/", StringComparison.Ordinal),
            $"the job {verb} {path}, but tasks share only what is mounted at {mount}", "--mount",
            "plan it with --portable, or mount the volume where the job's files are");
    }

    /// <exception cref="HeliosException">64: the job's paths are those of one machine.</exception>
    internal void CheckPortable(string engine) => EngineLimits.ThrowUnless(FirstAbsolutePath is null,
        $"the job's paths are those of one machine ({FirstAbsolutePath}), and tasks of {engine} find their files elsewhere", File,
        "plan it with export-job --portable");
}
