namespace Helios.Transfer;

/// <summary>Which objects of a folder to copy or remove: programs that take no list of names get a pattern.</summary>
/// <param name="NamesFile">File with their names below the folder, one a line.</param>
/// <param name="Start">
/// Beginning of all their names; null: everything but what may be chunk files (<see cref="ChunkNames.Pattern"/>).
/// </param>
/// <param name="End">End of all their names.</param>
internal sealed record TreePart(string NamesFile, string? Start = null, string End = "")
{
    /// <summary>As a pattern; names hold no characters of patterns.</summary>
    internal string? Pattern => Start is null ? null : Start + "*" + End;
}
