using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>Files and directories by descriptor, as Linux numbers them. Callers ask <c>OperatingSystem.IsLinux()</c> first.</summary>
internal static partial class Libc
{
    internal const int CurrentFolder = -100; // AT_FDCWD
    internal const int KeepLinks = 0x100; // AT_SYMLINK_NOFOLLOW
    internal const int RemoveFolder = 0x200; // AT_REMOVEDIR
    internal const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the descriptor itself
    internal const int ReadWrite = 2; // O_RDWR
    internal const int Exclusively = 2 | 4; // LOCK_EX | LOCK_NB
    internal const int NameOffset = 19; // of d_name in struct dirent

    /// <summary>O_DIRECTORY, one of the few numbers that differ between processors.</summary>
    internal static int FolderOnly => IsArm ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW, likewise.</summary>
    internal static int NoLink => IsArm ? 0x8000 : 0x20000;

    internal static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    internal static unsafe partial int OpenAt(int folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    internal static unsafe partial int RemoveAt(int folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RemoveAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFifo(string path, uint mode);

    /// <summary>Fills <c>struct stat</c>, which differs between processors: see <see cref="FileStatus"/>.</summary>
    [LibraryImport("libc", EntryPoint = "fstatat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int GetStatus(int folder, string name, byte* status, int flags);

    /// <summary>Sets the times of a file; null for the current time.</summary>
    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int SetTimes(int folder, string name, void* times, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int LockFile(int descriptor, int operation);

    /// <summary>Opens the listing of a directory; takes ownership of the descriptor.</summary>
    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    internal static partial nint OpenEntries(int folder);

    [LibraryImport("libc", EntryPoint = "readdir")]
    internal static unsafe partial byte* ReadEntry(nint entries);

    [LibraryImport("libc", EntryPoint = "closedir")]
    internal static partial int CloseEntries(nint entries);
}
