using System;
using System.Collections.Generic;

namespace Helios.Transfer.Programs;

/// <summary>
/// <c>az storage blob</c>, for <c>az://account/container/</c> where there is no azcopy. It copies a whole folder or one pattern, so chunk
/// files come along with a project. Docs: learn.microsoft.com/cli/azure/storage/blob.
/// </summary>
internal sealed class AzureCli(string path) : TransferProgram(path)
{
    internal override string Name => "az storage";

    internal override bool KeepsKeys => true;

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) =>
        [.. Command("download", source), "--name", source.Key, "--file", file, .. Quiet];

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) =>
        [.. Command("upload", target), "--name", target.Key, "--file", file, "--overwrite", "true", .. Quiet];

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) =>
    [
        .. Command("list", folder), .. folder.Key.Length == 0 ? Array.Empty<string>() : ["--prefix", folder.Key],
        "--num-results", "*", "--query", "[].[properties.contentLength, name]", "--output", "tsv", "--only-show-errors",
    ];

    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) =>
    [
        .. Batch("download-batch", "--source", folder), "--destination", directory,
        "--pattern", folder.Key + (part.Pattern ?? "*"), .. Quiet,
    ];

    internal override IReadOnlyList<string>? PutTree(string directory, StoreUrl folder, TreePart part) => null;

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) =>
        [.. Batch("delete-batch", "--source", folder), "--pattern", folder.Key + part.Pattern, "--only-show-errors", "--output", "none"];

    /// <summary>The size, a tab, the key from the top of the container.</summary>
    internal override StoreObject? ParseLine(string line, StoreUrl folder) => line.Split('\t', 2) is [string size, string name]
        ? Below(name, folder.Key, size)
        : throw new FormatException();

    private static string[] Quiet => ["--no-progress", "--only-show-errors", "--output", "none"];

    private static string[] Command(string verb, StoreUrl url) =>
        ["storage", "blob", verb, "--account-name", PartOf(url, 0), "--container-name", PartOf(url, 1)];

    private static string[] Batch(string verb, string option, StoreUrl url) =>
        ["storage", "blob", verb, "--account-name", PartOf(url, 0), option, PartOf(url, 1)];

    private static string PartOf(StoreUrl url, int index) => url.Root["az://".Length..].Split('/')[index];
}
