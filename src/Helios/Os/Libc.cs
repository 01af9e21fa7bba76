using System;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Helios.Os;

/// <summary>
/// The few system calls that .NET hides, or implements in a way that does not suit a command line
/// tool. Linked directly into the NativeAOT image. Not for Windows.
/// </summary>
internal static partial class Libc
{
    internal const int BrokenPipe = 32; // EPIPE, the same on Linux and macOS
    internal const int InterruptedCall = 4; // EINTR
    internal const int WriteAccess = 2; // W_OK
    internal const int ExecuteAccess = 1; // X_OK

    internal const short PollIn = 1;
    internal const short PollOut = 4;

    private const int OpenReadOnly = 0;
    private const int OpenPathOnly = 0x200000; // O_PATH of Linux: a number that can neither be read nor written
    private const int GetDescriptorFlags = 1; // F_GETFD

    /// <summary>O_CLOEXEC: children must not inherit open descriptors by accident.</summary>
    internal static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static unsafe partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "isatty")]
    internal static partial int IsTerminal(int descriptor);

    /// <summary>Makes a rename in the directory durable; ignores file systems that do not support it.</summary>
    internal static void FlushDirectory(string path)
    {
        int descriptor = Open(path, OpenReadOnly | CloseOnExec);
        if (descriptor < 0) return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>Makes all files of a directory's file system durable; Linux only.</summary>
    internal static void FlushFileSystem(string path)
    {
        int descriptor = Open(path, OpenReadOnly | CloseOnExec);
        if (descriptor < 0) return;
        _ = SyncFileSystem(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>
    /// Occupies descriptors 0 to 2 where they are closed. Otherwise the next file or pipe would get one of them, and messages
    /// would go there: a message in the runtime's signal pipe has ended the process. The root directory exists in every image.
    /// Children get other descriptors instead: <see cref="ChildProcess"/>.
    /// </summary>
    internal static void ReserveStandardDescriptors()
    {
        int flags = CloseOnExec | (OperatingSystem.IsLinux() ? OpenPathOnly : OpenReadOnly);
        for (int descriptor = 0; descriptor <= 2; descriptor++)
            if (GetFlags(descriptor, GetDescriptorFlags) < 0) _ = Open("/", flags);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int GetFlags(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
