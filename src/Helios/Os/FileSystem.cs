using System;

namespace Helios.Os;

/// <summary>What is known of the file system that holds a directory.</summary>
internal static class FileSystem
{
    private const int StatusSize = 32; // struct statvfs has 112 bytes; some left over
    private const int BlockSize = 1; // f_frsize
    private const int AvailableBlocks = 4; // f_bavail: without what is kept for root

    /// <summary>Bytes that may still be written below a directory; <see cref="long.MaxValue"/> when nobody knows.</summary>
    internal static unsafe long AvailableBytes(string directory)
    {
        if (!OperatingSystem.IsLinux()) return long.MaxValue;
        ulong* status = stackalloc ulong[StatusSize];
        if (Libc.GetFileSystem(directory, status) != 0 || status[BlockSize] == 0) return long.MaxValue;
        return (long)UInt128.Min((UInt128)status[BlockSize] * status[AvailableBlocks], long.MaxValue);
    }
}
