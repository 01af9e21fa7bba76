using System;

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

    /// <summary>Whether nothing more can be written below a directory; false when unknown.</summary>
    internal static unsafe bool IsFull(string directory)
    {
        ulong* status = stackalloc ulong[StatusSize];
        return TryRead(directory, status) && (BytesOf(status) < NoRoom || (status[Files] > 0 && status[AvailableFiles] == 0));
    }

    private static unsafe bool TryRead(string directory, ulong* status) =>
        OperatingSystem.IsLinux() && Libc.GetFileSystem(directory, status) == 0 && status[BlockSize] > 0 && status[Blocks] > 0;

    private static unsafe long BytesOf(ulong* status) =>
        (long)UInt128.Min((UInt128)status[BlockSize] * status[AvailableBlocks], long.MaxValue);
}
