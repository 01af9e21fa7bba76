using System;
using System.Collections.Generic;
using System.Globalization;

namespace Helios.Transfer.Programs;

/// <summary>
/// A program that copies between this machine and a store: its command lines, as lists. It has signed in and knows endpoints, regions
/// and proxies; helios knows none of that.
/// </summary>
/// <param name="path">Its path.</param>
internal abstract class TransferProgram(string path)
{
    internal string Path => path;

    /// <summary>For messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether trees are copied with their whole keys, below the target.</summary>
    internal virtual bool KeepsKeys => false;

    /// <summary>
    /// Whether <see cref="PutTree"/> uploads everything below a directory; it then gets one of links, which the program has to follow.
    /// </summary>
    internal virtual bool PutsWholeFolders => false;

    internal abstract IReadOnlyList<string> Get(StoreUrl source, string file);

    internal abstract IReadOnlyList<string> Put(string file, StoreUrl target);

    /// <param name="folder">Everything below it, at any depth.</param>
    /// <param name="output">File for the list, for a program that does not print it.</param>
    internal abstract IReadOnlyList<string> List(StoreUrl folder, string output);

    internal abstract IReadOnlyList<string> GetTree(StoreUrl folder, string directory, TreePart part);

    /// <summary>
    /// Uploads the files of <see cref="TreePart.NamesFile"/>, or all of a directory; null where each file is put by itself.
    /// </summary>
    internal abstract IReadOnlyList<string>? PutTree(string directory, StoreUrl folder, TreePart part);

    internal abstract IReadOnlyList<string> Delete(StoreUrl folder, TreePart part);

    /// <summary>The object in a line of the list; null for a line without one.</summary>
    /// <exception cref="FormatException">The line is not of a list.</exception>
    internal abstract StoreObject? ParseLine(string line, StoreUrl folder);

    /// <summary>Whether the list comes by the file that <see cref="List"/> names.</summary>
    internal virtual bool ListsIntoFile => false;

    /// <summary>What an exit code alone says; null where the program's words tell.</summary>
    internal virtual TransferFault? FaultOf(int code) => null;

    /// <summary>An object by its whole key or address, which the list gives.</summary>
    /// <param name="text">Begins with <paramref name="start"/>.</param>
    /// <param name="start">Key or address of the folder.</param>
    /// <param name="size">In digits.</param>
    private protected static StoreObject? Below(string text, string start, ReadOnlySpan<char> size)
    {
        if (!text.StartsWith(start, StringComparison.Ordinal)) throw new FormatException();
        string name = text[start.Length..];
        long bytes = long.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture);
        return name.Length == 0 || name.EndsWith('/') ? null : new StoreObject(name, bytes); // a folder that was made in a console
    }
}
