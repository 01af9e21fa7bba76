using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Everything that the page of a chunk has read, for the receipt: the hashed bytes are the served bytes. All browsers that render
/// the chunk share one object.
/// </summary>
/// <param name="composition">Path of the composition relative to the project directory; empty for a page on the network.</param>
internal sealed class PageReads(string composition = "")
{
    private const int LongestPath = 4000; // a receipt's text has 4096 characters at most, and the path to the project's root precedes

    private readonly string _folder = "/" + (Path.GetDirectoryName(composition) ?? "");
    private readonly Dictionary<string, Part> _parts = []; // by path and offset

    /// <summary>A part that was read, and the timestamp of its file at that time.</summary>
    private sealed class Part(SealedFile file, long modified)
    {
        internal SealedFile File { get; } = file;

        internal long Modified { get; } = modified;
    }

    /// <summary>Responses from the network.</summary>
    internal PageResponses Responses { get; } = new();

    /// <summary><c>sha256:…</c> of the composition when its digest was compared with the planned one.</summary>
    internal string? CompositionDigest { get; private init; }

    /// <summary>Starts with the composition, whose digest is already known: no other bytes are served under its name.</summary>
    /// <param name="composition">Its path relative to the project directory.</param>
    /// <param name="size">Its size.</param>
    /// <param name="digest"><c>sha256:…</c></param>
    internal static PageReads Of(string composition, long size, string digest)
    {
        var reads = new PageReads(composition) { CompositionDigest = digest };
        if (size <= SealedFile.PartSize)
            _ = reads.Note(new SealedFile { Path = reads.NameOf(composition), Size = size, Digest = digest }, modified: 0);
        return reads;
    }

    /// <summary>Reads a range of a file and notes the parts that contain it.</summary>
    /// <param name="path">Path of the file, relative to the project directory.</param>
    /// <param name="file">The file, open.</param>
    /// <param name="start">First byte.</param>
    /// <param name="count">Number of bytes; the file must have all of them.</param>
    /// <exception cref="HeliosException">75: the file changed while the page was reading it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal byte[] Read(string path, FileStream file, long start, long count)
    {
        try
        {
            return ReadParts(path, file, start, count);
        }
        catch (EndOfStreamException)
        {
            throw Changed(file.Name); // the file had those bytes when it was opened
        }
    }

    private byte[] ReadParts(string path, FileStream file, long start, long count)
    {
        string name = NameOf(path);
        long size = file.Length;
        long modified = ModifiedOf(file);
        byte[] range = new byte[count];
        byte[]? part = null;
        long offset = start / SealedFile.PartSize * SealedFile.PartSize;
        do
        {
            int length = (int)Math.Min(SealedFile.PartSize, size - offset);
            long first = Math.Max(start, offset);
            Span<byte> wanted = range.AsSpan((int)(first - start), (int)Math.Max(0, Math.Min(start + count, offset + length) - first));
            if (_parts.TryGetValue(KeyOf(name, offset), out Part? known) && known.Modified == modified && known.File.Size == size)
            {
                file.Position = first;
                file.ReadExactly(wanted);
            }
            else
            {
                part ??= new byte[Math.Min(SealedFile.PartSize, size)];
                file.Position = offset;
                file.ReadExactly(part, 0, length);
                part.AsSpan((int)(first - offset), wanted.Length).CopyTo(wanted);
                var hash = new Sha256();
                hash.Append(part.AsSpan(0, length));
                if (!Note(new SealedFile { Path = name, Offset = offset, Size = size, Digest = "sha256:" + hash.Finish() }, modified))
                    throw Changed(file.Name);
            }

            offset += SealedFile.PartSize;
        }
        while (offset < start + count);
        return file.Length == size && ModifiedOf(file) == modified ? range : throw Changed(file.Name);
    }

    /// <summary>Notes a request for a missing file; ignores names that cannot exist.</summary>
    /// <param name="path">Its path, relative to the project directory.</param>
    /// <exception cref="HeliosException">75: it existed at an earlier request.</exception>
    internal void NoteMissing(string path)
    {
        if (path.Length > LongestPath || Array.IndexOf(path.Split('/'), "..") >= 0) return;
        if (!Note(new SealedFile { Path = NameOf(path) }, modified: 0)) throw Changed(path);
    }

    /// <summary>The page's share of the seal of a complete chunk; fonts and WebGL are the browser's.</summary>
    internal Seal ToSeal(string history, string processor)
    {
        var hash = new Sha256();
        var files = new List<SealedFile>();
        foreach (string key in OrdinalOrder.Sort(_parts.Keys))
        {
            SealedFile file = _parts[key].File;
            if (files.Count < Seal.MostFiles) files.Add(file);
            hash.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{file.Path}\t{file.Offset}\t{file.Size}\t{file.Digest}\n")));
        }

        return new Seal
        {
            History = history,
            Processor = processor,
            CompositionDigest = CompositionDigest,
            FileCount = _parts.Count,
            FilesDigest = "sha256:" + hash.Finish(),
            Files = [.. files],
            Responses = Responses.ToSealed(),
        };
    }

    private string NameOf(string path) => Path.GetRelativePath(_folder, "/" + path.TrimStart('/'));

    /// <summary>False when the page received other bytes of the same part before.</summary>
    private bool Note(SealedFile file, long modified)
    {
        string key = KeyOf(file.Path, file.Offset);
        bool isSame = !_parts.TryGetValue(key, out Part? known) || known.File == file;
        _parts[key] = new Part(file, modified);
        return isSame;
    }

    /// <summary>Sorts by path, then by offset.</summary>
    private static string KeyOf(string name, long offset) => string.Create(CultureInfo.InvariantCulture, $"{name}\0{offset:D19}");

    /// <summary>Time of the last write, to be compared with another of the same file. The framework's own links time zones.</summary>
    private static long ModifiedOf(FileStream file) =>
        OperatingSystem.IsLinux()
            ? FileStatus.TryGet(file.SafeFileHandle, out FileStatus status) ? status.ModifiedExactly
                : throw new IOException("the time of its last write is not known")
            : File.GetLastWriteTimeUtc(file.SafeFileHandle).Ticks;

    private static HeliosException Changed(string path) =>
        new(ExitCode.Temporary, "the file changed while the page was reading it", path,
            "render when nothing writes to the project any more");
}
