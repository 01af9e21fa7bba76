using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>Memory-mapped files and change notification, with the numbers of Linux.</summary>
internal static partial class Libc
{
    internal const int ReadPages = 1; // PROT_READ
    internal const int SharedMapping = 1; // MAP_SHARED
    internal const uint Modified = 2; // IN_MODIFY

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    internal static partial int NewWatch(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddWatch(int watch, string path, uint events);
}
