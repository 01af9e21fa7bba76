using System;
using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Transfer.Programs;

/// <summary>
/// azcopy, for <c>az://account/container/</c>. Docs: learn.microsoft.com/azure/storage/common/storage-ref-azcopy-copy, -list, -remove.
/// </summary>
internal sealed class AzCopy(string path) : TransferProgram(path)
{
    private const string SizeMark = "Content Length: ";

    internal override string Name => "azcopy";

    internal override bool PutsWholeFolders => true;

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) => ["copy", AddressOf(source), file];

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) => ["copy", file, AddressOf(target)];

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) => ["list", AddressOf(folder), "--machine-readable"];

    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) => part.Pattern is null
        ? ["copy", AddressOf(folder) + "*", directory, "--recursive", "--exclude-pattern", ChunkNames.Pattern]
        : ["copy", AddressOf(folder) + "*", directory, "--recursive", "--include-pattern", NameIn(part)];

    internal override IReadOnlyList<string> PutTree(string directory, StoreUrl folder, TreePart part) =>
        ["copy", directory + "/*", AddressOf(folder), "--recursive", "--follow-symlinks"];

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) =>
        ["remove", AddressOf(folder.Child(JobPaths.DirectoryOf(part.Start!))), "--recursive", "--include-pattern", NameIn(part)];

    /// <summary><c>key; Content Length: 1234</c>, in older versions after <c>INFO: </c>; other lines are news about the program.</summary>
    internal override StoreObject? ParseLine(string line, StoreUrl folder)
    {
        int mark = line.LastIndexOf(SizeMark, StringComparison.Ordinal);
        int semicolon = mark < 0 ? -1 : line.LastIndexOf(';', mark);
        if (semicolon < 0) return null;
        string name = line[(line.StartsWith("INFO: ", StringComparison.Ordinal) ? "INFO: ".Length : 0)..semicolon];
        return Below(name, "", line.AsSpan(mark + SizeMark.Length).Trim());
    }

    /// <summary><c>https://account.blob.core.windows.net/container/key</c>, percent-encoded.</summary>
    private static string AddressOf(StoreUrl url)
    {
        string[] words = url.Root["az://".Length..].Split('/');
        return $"https://{words[0]}.blob.core.windows.net/{CompositionUrl.Encode(words[1])}/{CompositionUrl.Encode(url.Key)}";
    }

    /// <summary>Patterns are compared with names without their folders.</summary>
    private static string NameIn(TreePart part)
    {
        string pattern = part.Pattern!;
        return pattern[JobPaths.DirectoryOf(pattern).Length..];
    }
}
