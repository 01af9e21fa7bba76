using System;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Os.Files;

namespace Helios.Jobs;

/// <summary>
/// Paths in a job spec: the final video and the chunk files. They are absolute, or relative to the directory of the job
/// file (<c>--portable</c>); the separator is <c>/</c> on every system.
/// </summary>
internal static class JobPaths
{
    internal const int MaxNameBytes = 255; // limit of every usual file system

    private const string MemoryRoot = "/dev/shm/"; // files in memory, a common work directory of render nodes

    private static readonly string[] s_forbiddenRoots = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Directory of a file with its final slash; empty for a bare name.</summary>
    internal static string DirectoryOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    /// <summary>Describes the fault of the path of an output file; null when it is valid.</summary>
    internal static string? CheckFile(string path) => CheckFile(path, PathRules.Host);

    internal static string? CheckFile(string path, PathRules rules)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return "a path cannot hold NUL";
        if (path.EndsWith('/') || path is "." || path.EndsWith("/.", StringComparison.Ordinal))
            return "that is a directory, expected a file";
        if (CompositionUrl.SchemeOf(path, rules) is not null && !PathRules.HasDrive(path))
            return "ffmpeg would take that for a protocol, expected a path";
        int start = rules.HasShare(path) ? 1 : 0;
        foreach (var part in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(part) is "." || (path.AsSpan(part).IsEmpty && part.Start.Value > start))
                return "a directory name is empty or \".\"";
            if (path.AsSpan(part) is "..") return "\"..\" could lead out of the directory";
            if (Encoding.UTF8.GetByteCount(path.AsSpan(part)) > MaxNameBytes) return "a name is longer than 255 bytes";
        }

        if (rules.Check(path) is string what) return what;
        foreach (string root in s_forbiddenRoots)
        {
            if (!path.StartsWith(root, StringComparison.Ordinal) || path.StartsWith(MemoryRoot, StringComparison.Ordinal)) continue;
            return $"files below {root} are devices";
        }

        return null;
    }

    /// <summary>Describes the fault of the path of a chunk file; null when it is valid.</summary>
    internal static string? CheckChunkFile(string path, string output, string extension)
    {
        string directory = DirectoryOf(output);
        if (!path.StartsWith(directory, StringComparison.Ordinal) || (directory.Length == 0 && PathRules.IsAbsolute(path)))
            return directory.Length == 0 ? "chunk files stay in the directory of the output" : $"chunk files stay below {directory}";
        if (PathRules.Host.AreSame(path, output)) return "that is the output itself";
        if (CheckFile(path) is string what) return what;
        return path.EndsWith("." + extension, StringComparison.Ordinal) ? null : $"expected a .{extension} file";
    }

    /// <summary>Whether a path is the usual name of a chunk, and its id.</summary>
    internal static bool IsSameFileName(string path, ChunkFileNames usual, out int id)
    {
        id = 0;
        return path.StartsWith(usual.Prefix, StringComparison.Ordinal) && path.EndsWith("." + usual.Extension, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(usual.Prefix.Length, Math.Max(0, path.Length - usual.Prefix.Length - usual.Extension.Length - 1)),
                NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && usual[id] == path;
    }

    /// <summary>The directory on this machine that a local page may read; null: that of the composition.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="typed">What the user typed instead, or null.</param>
    /// <param name="directory">Base of the spec's relative paths.</param>
    internal static string? RootOf(JobSpec spec, string? typed, string directory) =>
        typed ?? (spec.Root is string root ? Resolve(root, directory) : null);

    /// <summary>The lock of a process that renders all of a job, beside its output; absolute.</summary>
    internal static string LockOf(JobSpec spec, string directory) =>
        Path.Combine(Path.GetDirectoryName(Resolve(spec.Output, directory))!, $"temp_{spec.JobId}.lock");

    /// <summary>The path on this machine: relative ones are below <paramref name="directory"/>.</summary>
    internal static string Resolve(string path, string directory) => ToSlashes(Path.GetFullPath(Path.Combine(directory, path)));

    internal static string ToSlashes(string path) => PathRules.Host.ToSlashes(path);
}
