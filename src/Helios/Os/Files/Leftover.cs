using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Helios.Os.Files;

/// <summary>
/// The one rule for files and directories with a temporary name: whether the helios that made them has ended. A process id does
/// not tell, since in another container it belongs to another process. A lock (flock) does: the kernel releases it however its
/// holder ends. But some network file systems keep locks local, and some have none. So a free lock counts only for a writer
/// under this boot of this kernel, which the name states. All others are abandoned when they have not been written to for a
/// while; writers touch their files every minute (<see cref="LifeSigns"/>).
/// </summary>
internal static class Leftover
{
    private const int AbandonedSeconds = 600;
    private const int PartLength = 8; // hexadecimal digits of the kernel's boot id, and of a random number
    private const string BootPath = "/proc/sys/kernel/random/boot_id";

    private static readonly string s_boot = FindBoot();

    /// <summary>The unique part of a name: the boot of the kernel that its writer runs under, and a random number.</summary>
    internal static string NewWriter()
    {
        string random = Entropy.NewGuid().ToString("N");
        return string.Concat(s_boot, random.AsSpan(0, (2 * PartLength) - s_boot.Length));
    }

    /// <summary>Whether a part of a name comes from this or an earlier helios: digits and small letters of hexadecimal numbers.</summary>
    internal static bool IsWriter(ReadOnlySpan<char> writer)
    {
        foreach (char c in writer)
            if (!char.IsAsciiHexDigitLower(c)) return false;
        return !writer.IsEmpty;
    }

    /// <summary>The rule.</summary>
    /// <param name="found">The file or directory.</param>
    /// <param name="writer">The writer as its name states it: <see cref="NewWriter"/>.</param>
    /// <param name="state">State of its lock, or of another one that its writer must have held.</param>
    internal static bool IsAbandoned(in FileStatus found, ReadOnlySpan<char> writer, LockState state) =>
        state != LockState.Held && ((state == LockState.Free && IsOfThisBoot(writer)) || IsOld(found.Modified));

    /// <summary>Whether a writer's name is one that a helios under this boot of the kernel gives.</summary>
    internal static bool IsOfThisBoot(ReadOnlySpan<char> writer) =>
        s_boot.Length > 0 && writer.Length == 2 * PartLength && writer.StartsWith(s_boot, StringComparison.Ordinal);

    /// <summary>Tries to lock an open file; it stays locked while it is open.</summary>
    internal static LockState TryLock(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return LockState.Unknown;
        if (Libc.LockFile((int)file.DangerousGetHandle(), Libc.Exclusively) == 0) return LockState.Free;
        return Marshal.GetLastPInvokeError() == SystemError.WouldBlock ? LockState.Held : LockState.Unknown;
    }

    /// <summary>A time equally far in the future means that the clock was set back; it would otherwise stay for long.</summary>
    private static bool IsOld(long modified) => Math.Abs((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds - modified) > AbandonedSeconds;

    /// <summary>The beginning of the kernel's boot id; empty where the kernel has none.</summary>
    private static string FindBoot()
    {
        try
        {
            string text = TextFile.Read(BootPath);
            return text.Length >= PartLength && IsWriter(text.AsSpan(0, PartLength)) ? text[..PartLength] : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
