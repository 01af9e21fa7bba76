using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using Helios.Errors;
using Helios.Os.Files;

namespace Helios.Os.Processes;

/// <summary>
/// What the header of a Linux program tells without starting it: whether the file is whole, the processor, and the linker's
/// identification of the build. 64-bit little-endian files only, System V ABI, chapters 4 and 5.
/// </summary>
internal sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int EntrySize = 56; // of a program header
    private const int MostEntries = 64;
    private const int MostNotes = 64 * 1024;
    private const int Notes = 4; // PT_NOTE
    private const int BuildIdNote = 3; // NT_GNU_BUILD_ID
    private const int X64 = 62, Arm64 = 183; // EM_X86_64, EM_AARCH64

    private ElfFile(bool isWhole, int machine, string? buildId)
    {
        IsWhole = isWhole;
        IsForThisProcessor = machine == RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => X64,
            Architecture.Arm64 => Arm64,
            _ => machine,
        };
        BuildId = buildId;
    }

    /// <summary>Whether the table of sections, which linkers put at the end, is within the file.</summary>
    internal bool IsWhole { get; }

    internal bool IsForThisProcessor { get; }

    /// <summary>Hexadecimal; null when it has none.</summary>
    internal string? BuildId { get; }

    /// <summary>Reads it; null when it is no such program, or cannot be read.</summary>
    internal static ElfFile? TryRead(string path)
    {
        try
        {
            using FileStream file = InputFile.OpenRegular(path, path);
            return Read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HeliosException)
        {
            return null;
        }
    }

    /// <summary>As above.</summary>
    internal static ElfFile? Read(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize) return null;
        if (!header.StartsWith("\u007fELF\u0002\u0001"u8)) return null;
        ulong sections = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        uint size = (uint)BinaryPrimitives.ReadUInt16LittleEndian(header[58..]) * BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        bool isWhole = sections <= (ulong)file.Length && sections + size <= (ulong)file.Length;
        return new ElfFile(isWhole, BinaryPrimitives.ReadUInt16LittleEndian(header[18..]), FindBuildId(file, header));
    }

    private static string? FindBuildId(Stream file, ReadOnlySpan<byte> header)
    {
        long table = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        int count = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(header[56..]), MostEntries);
        if (BinaryPrimitives.ReadUInt16LittleEndian(header[54..]) != EntrySize || ReadAt(file, table, count * EntrySize) is not { } entries)
            return null;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = entries.AsSpan(i * EntrySize, EntrySize);
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) != Notes) continue;
            long length = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
            if (length is < 0 or > MostNotes) continue;
            byte[]? notes = ReadAt(file, BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), (int)length);
            if (notes is not null && FindBuildId(notes) is string id) return id;
        }

        return null;
    }

    /// <summary>Each note: length of its name, length of its content, type, name, content, both filled to 4 bytes.</summary>
    private static string? FindBuildId(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 12)
        {
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(notes), content = BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
            int type = BinaryPrimitives.ReadInt32LittleEndian(notes[8..]);
            ulong start = 12 + (((ulong)name + 3) & ~3UL), end = start + (((ulong)content + 3) & ~3UL);
            if (end > (ulong)notes.Length) return null;
            if (type == BuildIdNote && notes[12..(int)start].SequenceEqual("GNU\0"u8))
                return Convert.ToHexStringLower(notes.Slice((int)start, (int)content));
            notes = notes[(int)end..];
        }

        return null;
    }

    private static byte[]? ReadAt(Stream file, long offset, int count)
    {
        if (offset < 0 || offset > file.Length - count) return null;
        byte[] bytes = new byte[count];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }
}
