using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.Os.Files;

/// <summary>Resolves every symbolic link of a path.</summary>
internal static class RealPath
{
    private const int MaxPath = 4096; // PATH_MAX

    /// <summary>The real path; null when it does not exist.</summary>
    internal static unsafe string? Of(string path)
    {
        if (OperatingSystem.IsWindows()) return File.Exists(path) || Directory.Exists(path) ? Path.GetFullPath(path) : null;
        byte* buffer = stackalloc byte[MaxPath];
        return Libc.RealPath(path, buffer) is null ? null : Marshal.PtrToStringUTF8((nint)buffer);
    }
}
