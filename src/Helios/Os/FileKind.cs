using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>Tells regular files from what a hostile or broken job could put in their place.</summary>
internal static partial class FileKind
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeMask = 1; // STATX_TYPE
    private const int StatxSize = 256;
    private const int ModeOffset = 28; // of stx_mode in struct statx, the same on every architecture
    private const uint NumberMask = 0x100; // STATX_INO
    private const int NumberOffset = 32; // stx_ino
    private const int DeviceOffset = 136; // stx_dev_major, stx_dev_minor
    private const int FormatBits = 0xF000;
    private const string LinkText = "a symbolic link is there";
    private const int Regular = 0x8000;
    private const int Link = 0xA000;
    private const int Folder = 0x4000;

    internal static bool IsLink(string path) => WhyNotRegular(path) == LinkText;

    /// <summary>Why helios must not write or trust what is at a path; null for a regular file or nothing at all.</summary>
    internal static unsafe string? WhyNotRegular(string path, bool followsLinks = false)
    {
        if (OperatingSystem.IsLinux())
        {
            byte* status = stackalloc byte[StatxSize];
            if (Statx(CurrentDirectory, path, followsLinks ? 0 : DoNotFollow, TypeMask, status) != 0) return null;
            return (*(ushort*)(status + ModeOffset) & FormatBits) switch
            {
                Regular => null,
                Link => LinkText,
                Folder => "a directory is there",
                _ => "a device or pipe is there",
            };
        }

        if (Directory.Exists(path)) return "a directory is there";
        if (followsLinks) return null;
        return new FileInfo(path).LinkTarget is null ? null : LinkText;
    }

    /// <summary>Whether two paths lead to one file. On Linux only.</summary>
    internal static unsafe bool IsSameFile(string path, string other)
    {
        byte* one = stackalloc byte[StatxSize];
        byte* two = stackalloc byte[StatxSize];
        return Statx(CurrentDirectory, path, 0, NumberMask, one) == 0 && Statx(CurrentDirectory, other, 0, NumberMask, two) == 0
            && *(ulong*)(one + NumberOffset) == *(ulong*)(two + NumberOffset) && *(ulong*)(one + DeviceOffset) == *(ulong*)(two + DeviceOffset);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* status);
}
