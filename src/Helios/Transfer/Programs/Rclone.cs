using System;
using System.Collections.Generic;

namespace Helios.Transfer.Programs;

/// <summary>rclone, for <c>rclone:remote:key</c>. Tried with 1.60; docs: rclone.org/commands, rclone.org/docs (exit codes).</summary>
internal sealed class Rclone(string path) : TransferProgram(path)
{
    internal override string Name => "rclone";

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) => ["copyto", PlaceOf(source), file];

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) => ["copyto", "--ignore-times", file, PlaceOf(target)];

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) =>
        ["lsf", "--recursive", "--files-only", "--format", "sp", "--separator", "\t", PlaceOf(folder)];

    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) =>
        ["copy", "--files-from-raw", part.NamesFile, PlaceOf(folder), directory];

    /// <summary>Without looking at times and sizes, which two versions of a file may have in common.</summary>
    internal override IReadOnlyList<string> PutTree(string directory, StoreUrl folder, TreePart part) =>
        ["copy", "--ignore-times", "--copy-links", "--files-from-raw", part.NamesFile, directory, PlaceOf(folder)];

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) =>
        ["delete", "--files-from-raw", part.NamesFile, PlaceOf(folder)];

    internal override StoreObject? ParseLine(string line, StoreUrl folder) => line.Split('\t', 2) is [string size, string name]
        ? Below(name, "", size)
        : throw new FormatException();

    internal override TransferFault? FaultOf(int code) => code switch
    {
        3 or 4 => TransferFault.Missing,
        5 => TransferFault.Throttled,
        _ => null,
    };

    private static string PlaceOf(StoreUrl url) => url.Text["rclone:".Length..];
}
