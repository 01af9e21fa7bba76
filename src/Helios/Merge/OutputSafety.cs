using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os.Files;

namespace Helios.Merge;

/// <summary>
/// Checks on the file system, which the text of a job spec cannot show: no chunk file, nor a directory on its path, may be a
/// symbolic link, device or pipe. Costs one directory listing, regardless of the number of chunks.
/// </summary>
internal static class OutputSafety
{
    /// <param name="spec">A valid spec.</param>
    /// <param name="otherOutputs">Chunk files with explicit names.</param>
    /// <param name="directory">Base directory of the spec's relative paths.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <exception cref="HeliosException">73: the directory of the output cannot be listed.</exception>
    internal static void Check(JobSpec spec, IEnumerable<string> otherOutputs, string directory, JobProblems problems)
    {
        string output = JobPaths.Resolve(spec.Output, directory);
        Report(output, "$." + JobMembers.Output, problems);
        string folder = Path.GetDirectoryName(output)!;
        if (!Directory.Exists(folder)) return;

        string prefix = Path.GetFileName(ChunkFileNames.For(spec).Prefix);
        foreach (string path in List(folder, prefix + "*")) Report(path, JobMembers.ChunksPath, problems);
        foreach (string other in otherOutputs)
        {
            string path = folder;
            foreach (string part in other[JobPaths.DirectoryOf(spec.Output).Length..].Split('/'))
            {
                path = Path.Combine(path, part);
                bool isFolder = Directory.Exists(path) && FileKind.WhyNotRegular(path) == "a directory is there";
                if (!isFolder) Report(path, JobMembers.ChunksPath, problems);
            }
        }
    }

    private static string[] List(string folder, string pattern)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{folder}\" cannot be listed: {ErrorText.Reason(error)}",
                "$." + JobMembers.Output, "make it readable, too", error);
        }
    }

    private static void Report(string path, string jsonPath, JobProblems problems)
    {
        if (FileKind.WhyNotRegular(path) is string kind)
            problems.Add(jsonPath, $"\"{ErrorText.OneLine(path)}\" is not a file: {kind}", "remove it: helios writes regular files only");
    }
}
