using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Helios.Os.Files;

/// <summary>Tells regular files from other kinds that a hostile or broken job could put in their place.</summary>
internal static class FileKind
{
    private const string LinkText = "a symbolic link is there";

    internal static bool IsLink(string path) => WhyNotRegular(path) == LinkText;

    /// <summary>Explains why helios must not write or trust the file at a path; null for a regular file, or when there is none.</summary>
    internal static string? WhyNotRegular(string path, bool followsLinks = false)
    {
        if (OperatingSystem.IsLinux())
        {
            if (!FileStatus.TryGet(path, followsLinks, out FileStatus status)) return null;
            return status.Kind switch
            {
                FileStatus.Regular => null,
                FileStatus.Link => LinkText,
                FileStatus.Folder => "a directory is there",
                _ => "a device or pipe is there",
            };
        }

        if (Directory.Exists(path)) return "a directory is there";
        if (followsLinks) return null;
        return new FileInfo(path).LinkTarget is null ? null : LinkText;
    }

    /// <summary>Whether an open file still has its name; true where that cannot be found out.</summary>
    internal static bool IsAt(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux() || !FileStatus.TryGet(file, out FileStatus opened)) return true;
        return FileStatus.TryGet(path, followsLinks: false, out FileStatus found) && found.IsSameFile(opened);
    }
}
