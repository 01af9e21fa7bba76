using System;
using System.Collections.Generic;

namespace Helios.Transfer.Programs;

/// <summary>
/// The AWS CLI, for <c>s3://</c>. Tried with 1.45 and 2.9; docs: awscli.amazonaws.com/v2/documentation/api/latest/reference/s3.
/// Not <c>sync</c>: it leaves out a file that changed without becoming newer or of another size.
/// </summary>
internal sealed class AwsCli(string path) : TransferProgram(path)
{
    private const int SizeColumn = 20; // after the date and the time

    internal override string Name => "aws";

    internal override bool PutsWholeFolders => true;

    internal override IReadOnlyList<string> Get(StoreUrl source, string file) => Copy(source.Text, file);

    internal override IReadOnlyList<string> Put(string file, StoreUrl target) => Copy(file, target.Text);

    internal override IReadOnlyList<string> List(StoreUrl folder, string output) => ["s3", "ls", "--recursive", folder.Text];

    internal override IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part) =>
        [.. Copy(folder.Text, directory), "--recursive", .. Filter(part)];

    internal override IReadOnlyList<string> PutTree(string directory, StoreUrl folder, TreePart part) =>
        [.. Copy(directory, folder.Text), "--recursive", "--follow-symlinks"];

    internal override IReadOnlyList<string> Delete(StoreUrl folder, TreePart part) =>
        ["s3", "rm", "--only-show-errors", folder.Text, "--recursive", .. Filter(part)];

    /// <summary><c>2026-01-31 12:00:00   1234 key</c>, the key from the top of the bucket.</summary>
    internal override StoreObject? ParseLine(string line, StoreUrl folder)
    {
        if (line.Length <= SizeColumn || !char.IsAsciiDigit(line[0])) throw new FormatException();
        ReadOnlySpan<char> rest = line.AsSpan(SizeColumn).TrimStart(' ');
        int space = rest.IndexOf(' ');
        return space < 1 ? throw new FormatException() : Below(rest[(space + 1)..].ToString(), folder.Key, rest[..space]);
    }

    private static string[] Copy(string source, string target) => ["s3", "cp", "--only-show-errors", source, target];

    /// <summary>Patterns are compared with the path below the source; an asterisk also stands for slashes.</summary>
    private static string[] Filter(TreePart part) => part.Pattern is string pattern
        ? ["--exclude", "*", "--include", pattern]
        : ["--exclude", ChunkNames.Pattern, "--exclude", "*/" + ChunkNames.Pattern];
}
