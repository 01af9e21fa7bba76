using System;
using System.Runtime.InteropServices;

namespace Helios.Os.Files;

/// <summary>
/// The kernel's status of a file, from fstatat. The seccomp profiles of older container engines refuse statx, which is the same
/// on every processor, and without it the status was a guess. Linux only.
/// </summary>
internal readonly struct FileStatus
{
    internal const int Regular = 0x8000;
    internal const int Link = 0xA000;
    internal const int Folder = 0x4000;

    private const int Size = 256; // struct stat has 144 bytes at most
    private const int NumberOffset = 8; // st_ino, after st_dev
    private const int ModifiedOffset = 88; // st_mtim: tv_sec, tv_nsec
    private const long Nanoseconds = 1_000_000_000;
    private const int FormatBits = 0xF000;

    private FileStatus(ulong device, ulong number, uint mode, uint owner, long modified, long nanoseconds) =>
        (Device, Number, Kind, Owner, Modified, ModifiedExactly)
            = (device, number, (int)mode & FormatBits, owner, modified, (modified * Nanoseconds) + nanoseconds);

    internal ulong Device { get; }

    internal ulong Number { get; }

    /// <summary>One of the constants above, or another value: a device, a pipe, a socket.</summary>
    internal int Kind { get; }

    /// <summary>User id of the owner.</summary>
    internal uint Owner { get; }

    /// <summary>Time of the last write: seconds since 1970, by the clock of its file system.</summary>
    internal long Modified { get; }

    /// <summary>The same in nanoseconds.</summary>
    internal long ModifiedExactly { get; }

    /// <summary>Status of the file at a path; false when there is none, or on a system other than Linux.</summary>
    internal static bool TryGet(string path, bool followsLinks, out FileStatus status) =>
        TryGet(Libc.CurrentFolder, path, followsLinks ? 0 : Libc.KeepLinks, out status);

    /// <summary>Status of an open file.</summary>
    internal static bool TryGet(SafeHandle file, out FileStatus status) =>
        TryGet((int)file.DangerousGetHandle(), "", Libc.EmptyPath, out status);

    internal bool IsSameFile(in FileStatus other) => Device == other.Device && Number == other.Number;

    private static unsafe bool TryGet(int folder, string name, int flags, out FileStatus found)
    {
        found = default;
        if (!OperatingSystem.IsLinux()) return false;
        byte* status = stackalloc byte[Size];
        if (Libc.GetStatus(folder, name, status, flags) != 0) return false;
        uint mode = *(uint*)(status + (Libc.IsArm ? 16 : 24)); // st_mode, st_uid
        uint owner = *(uint*)(status + (Libc.IsArm ? 24 : 28));
        long* modified = (long*)(status + ModifiedOffset);
        found = new FileStatus(*(ulong*)status, *(ulong*)(status + NumberOffset), mode, owner, modified[0], modified[1]);
        return true;
    }
}
