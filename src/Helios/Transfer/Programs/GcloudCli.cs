using System;
using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Transfer.Programs;

/// <summary>
/// <c>gcloud storage</c>, for <c>gs://</c>. Docs: cloud.google.com/sdk/gcloud/reference/storage; checked with 528.
/// </summary>
internal sealed class GcloudCli(string path) : TransferProgram(path)
{
    private const string NotChunks = "(^|.*/)temp_[^/]*_part_[^/]*$"; // a regular expression, matched from the start of the path

    internal override string Name => "gcloud storage";

    internal override bool PutsWholeFolders => true;

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) => ["storage", "cp", source.Text, file];

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) => ["storage", "cp", file, target.Text];

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) => ["storage", "ls", "--long", folder.Text + "**"];

    /// <summary>Files that match a pattern come without their folders.</summary>
    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) =>
        part.Pattern is string pattern
            ? ["storage", "cp", folder.Text + pattern, System.IO.Path.Combine(directory, JobPaths.DirectoryOf(pattern))]
            : ["storage", "rsync", "--recursive", "--exclude=" + NotChunks, folder.Text, directory];

    /// <summary>By digests: times and sizes of two versions of a file may be the same.</summary>
    internal override IReadOnlyList<string> PutTree(string directory, StoreUrl folder, TreePart part) =>
        ["storage", "rsync", "--recursive", "--checksums-only", "--no-ignore-symlinks", directory, folder.Text];

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) => ["storage", "rm", folder.Text + part.Pattern];

    /// <summary><c>      1234  2026-01-31T12:00:00Z  gs://bucket/key</c>, and a last line with the total.</summary>
    internal override StoreObject? ParseLine(string line, StoreUrl folder)
    {
        if (line.StartsWith("TOTAL:", StringComparison.Ordinal)) return null;
        int address = line.IndexOf("gs://", StringComparison.Ordinal);
        ReadOnlySpan<char> size = line.AsSpan().TrimStart(' ');
        int space = size.IndexOf(' ');
        return address < 0 || space < 0 ? throw new FormatException() : Below(line[address..], folder.Text, size[..space]);
    }
}
