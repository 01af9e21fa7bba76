using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;

namespace Helios.Transfer.Programs;

/// <summary>
/// A program of the user (<c>--transfer</c>), which is called as <c>PROGRAM VERB SOURCE TARGET</c>: docs/buckets.md. Its exit codes are
/// those of helios.
/// </summary>
internal sealed class OwnProgram(string path) : TransferProgram(path)
{
    internal override string Name => Path;

    internal override bool ListsIntoFile => true;

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) => ["get", source.Text, file];

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) => ["put", file, target.Text];

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) => ["list", folder.Text, output];

    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) =>
        ["get-tree", folder.Text, directory, part.NamesFile];

    internal override IReadOnlyList<string>? PutTree(string directory, StoreUrl folder, TreePart part) => null;

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) => ["delete", folder.Text, part.NamesFile];

    /// <summary>The size, a blank, the name below the folder.</summary>
    internal override StoreObject? ParseLine(string line, StoreUrl folder)
    {
        int blank = line.AsSpan().IndexOfAny(' ', '\t');
        return blank < 1 || !long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? throw new FormatException()
            : Below(line[(blank + 1)..], "", line.AsSpan(0, blank));
    }

    internal override TransferFault? FaultOf(int code) => (ExitCode)code switch
    {
        ExitCode.NoInput => TransferFault.Missing,
        ExitCode.CantCreate => TransferFault.Denied,
        ExitCode.Temporary => TransferFault.Throttled,
        _ => null,
    };
}
