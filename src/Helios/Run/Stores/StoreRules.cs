using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Plan;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// Rules for a spec in a store, in addition to those of a local one: its files are in the folder of the job file, so that a worker reads
/// and writes nothing else.
/// </summary>
internal static class StoreRules
{
    private const string Fix = "plan it with --portable, from a directory that holds all of its files";

    /// <param name="spec">A valid spec.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="HeliosException">65: a path of the job leaves its folder.</exception>
    internal static void Check(JobSpec spec, string name)
    {
        var problems = new JobProblems(name);
        if (!CompositionUrl.IsOnNet(spec.Composition)) CheckPage(spec.Composition, problems);
        if (spec.Root is string root && root is not ("." or "./")) Check("$." + JobMembers.Root, root.TrimEnd('/'), problems);
        if (spec.RenderOptions.Fonts is FontFolder fonts)
            Check($"{RenderOptionsMembers.Path}.{RenderOptionsMembers.Fonts}", fonts.Directory.TrimEnd('/'), problems);
        const string Audio = $"{RenderOptionsMembers.Path}.{RenderOptionsMembers.Audio}";
        for (int i = 0; i < spec.RenderOptions.Audio.Length; i++)
        {
            string jsonPath = string.Create(CultureInfo.InvariantCulture, $"{Audio}[{i}].{AudioMembers.File}");
            Check(jsonPath, spec.RenderOptions.Audio[i].File, problems);
        }

        Check("$." + JobMembers.Output, spec.Output, problems);
        problems.ThrowIfAny();
    }

    /// <exception cref="HeliosException">64: a base directory was given.</exception>
    internal static void RefuseWorkdir(string? workdir)
    {
        if (workdir is null) return;
        throw new HeliosException(ExitCode.Usage, "paths of a job in a store start at its folder", "--workdir", "leave it out");
    }

    /// <summary>The chunk file has its usual name: a worker would not find another.</summary>
    /// <exception cref="HeliosException">65: the chunk has an unusual file.</exception>
    internal static void CheckChunk(JobSpec spec, Chunk chunk, string name)
    {
        string usual = ChunkFileNames.For(spec)[chunk.Id];
        if (chunk.Output == usual) return;
        throw new HeliosException(ExitCode.Invalid,
            $"the chunk file \"{ErrorText.Shorten(ErrorText.OneLine(chunk.Output))}\" of a job in a store must be {usual}", name,
            "plan the job with export-job, which names it so");
    }

    /// <summary>Whether a name below the job's folder is the video, or one of its frames, which are no part of the project.</summary>
    internal static bool IsOutput(JobSpec spec, string name) =>
        name == spec.Output
        || (spec.Container.IsSequence && FrameNames.TryParse(spec.Output, out FrameNames frames) && frames.Matches(name));

    /// <summary>Whether an object is a chunk file or a receipt, of this job or of another one in its folder.</summary>
    internal static bool IsChunk(string name, string prefix) =>
        name.StartsWith(prefix, System.StringComparison.Ordinal)
        || ChunkNames.KindOf(name) is ChunkNameKind.Receipt or ChunkNameKind.Stored;

    private static void CheckPage(string url, JobProblems problems)
    {
        const string JsonPath = "$." + JobMembers.Composition;
        string encoded = url[..^CompositionUrl.SuffixOf(url).Length];
        if (CompositionUrl.IsFile(url) || !CompositionUrl.TryDecode(encoded, out string path))
            problems.Add(JsonPath, $"\"{ErrorText.OneLine(url)}\" is a file of one machine, and the job is in a store", Fix);
        else Check(JsonPath, path, problems);
    }

    private static void Check(string jsonPath, string path, JobProblems problems)
    {
        if (path.StartsWith("./", System.StringComparison.Ordinal)) path = path[2..];
        if (StoreUrl.WhyNotName(path) is string what)
            problems.Add(jsonPath, $"\"{ErrorText.Shorten(ErrorText.OneLine(path))}\" {what}, and the job is in a store", Fix);
    }
}
