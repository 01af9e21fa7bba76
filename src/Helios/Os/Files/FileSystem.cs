using System;
using System.Collections.Generic;
using System.IO;

namespace Helios.Os.Files;

/// <summary>Properties of the file system that holds a directory.</summary>
internal static class FileSystem
{
    private const int StatusSize = 32; // struct statvfs has 112 bytes; this leaves a margin
    private const int BlockSize = 1; // f_frsize
    private const int Blocks = 2; // f_blocks: 0 without a disk, or where blocks are not counted
    private const int AvailableBlocks = 4; // f_bavail: without the reserve for root
    private const int Files = 5; // f_files: 0 where they are not counted
    private const int AvailableFiles = 7; // f_favail
    private const long NoRoom = 64 * 1024; // less than the size of one write

    /// <summary>Bytes that can still be written below a directory; <see cref="long.MaxValue"/> when unknown.</summary>
    internal static unsafe long AvailableBytes(string directory)
    {
        ulong* status = stackalloc ulong[StatusSize];
        return TryRead(directory, status) ? BytesOf(status) : long.MaxValue;
    }

    /// <summary>Type of the file system that holds a directory, such as <c>ext4</c>; null when unknown.</summary>
    internal static string? TypeOf(string directory)
    {
        try
        {
            return TypeOf(directory, TextFile.ReadLines("/proc/self/mounts"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As above; of mounts at the same place the last counts, and spaces in their paths are <c>\040</c>.</summary>
    internal static string? TypeOf(string directory, IEnumerable<string> mounts)
    {
        string best = "";
        string? type = null;
        foreach (string line in mounts)
        {
            string[] fields = line.Split(' ');
            if (fields.Length < 3) continue;
            string point = fields[1].Replace("\\040", " ", StringComparison.Ordinal);
            bool holds = point == "/" || directory == point || directory.StartsWith(point + "/", StringComparison.Ordinal);
            if (holds && point.Length >= best.Length) (best, type) = (point, fields[2]);
        }

        return type;
    }

    /// <summary>Whether nothing more can be written below a directory; false when unknown.</summary>
    internal static unsafe bool IsFull(string directory)
    {
        ulong* status = stackalloc ulong[StatusSize];
        return TryRead(directory, status) && (BytesOf(status) < NoRoom || (status[Files] > 0 && status[AvailableFiles] == 0));
    }

    /// <summary>
    /// Writes what is cached for the file system of a directory to its disk, for a great number of files at once; only Linux can.
    /// </summary>
    internal static void Flush(string directory)
    {
        if (OperatingSystem.IsLinux()) Libc.FlushFileSystem(directory);
    }

    private static unsafe bool TryRead(string directory, ulong* status) =>
        OperatingSystem.IsLinux() && Libc.GetFileSystem(directory, status) == 0 && status[BlockSize] > 0 && status[Blocks] > 0;

    private static unsafe long BytesOf(ulong* status) =>
        (long)UInt128.Min((UInt128)status[BlockSize] * status[AvailableBlocks], long.MaxValue);
}
