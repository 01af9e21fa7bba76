using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>The files of a job's folder that are its project: all but chunk files, videos, and what links to directories lead to.</summary>
internal static class ProjectTree
{
    // a link to a directory may lead outside, or in circles
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0 };

    /// <summary>The files of a project that are put into a store.</summary>
    /// <param name="directory">The folder of the job file, absolute.</param>
    /// <param name="prefix">Prefix of the names of the job's chunk files; null where there are several jobs.</param>
    /// <param name="isLeftOut">Whether a name is not of the project, but of the job.</param>
    /// <param name="interrupts">End the search.</param>
    /// <exception cref="HeliosException">65: a name that stores or workers would take for something else.</exception>
    internal static List<StoreObject> Find(string directory, string? prefix, Predicate<string> isLeftOut, Interrupts interrupts)
    {
        var files = new List<StoreObject>();
        foreach (string path in EnumerateFiles(directory))
        {
            interrupts.ThrowIfRequested();
            string name = JobPaths.ToSlashes(Path.GetRelativePath(directory, path));
            if (isLeftOut(name) || IsChunk(path, name, prefix)) continue;
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
    private static bool IsChunk(string path, string name, string? prefix)
    {
        bool isOwn = prefix is not null && name.StartsWith(prefix, StringComparison.Ordinal);
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
