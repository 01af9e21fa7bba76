using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Helios.Os.Files;

/// <summary>
/// Removes a directory with its content. Each file is removed by its name in an open directory: another process that replaces a
/// directory by a link meanwhile cannot redirect the removal. Paths would be resolved again with every call. Linux only.
/// </summary>
internal static class DirectoryTree
{
    private const int MostLevels = 200; // each costs a descriptor; trees that helios makes have at most a dozen

    /// <summary>Opens a directory; null when it is missing, is a link, or may not be entered.</summary>
    /// <param name="parent">The directory that holds it; null for an absolute path.</param>
    /// <param name="name">Its name there, or its path.</param>
    /// <param name="followsLinks">Whether it may be a link.</param>
    internal static SafeFileHandle? Open(SafeFileHandle? parent, string name, bool followsLinks = false)
    {
        int flags = Libc.FolderOnly | Libc.CloseOnExec | (followsLinks ? 0 : Libc.NoLink);
        int folder = Libc.OpenAt(parent is null ? Libc.CurrentFolder : NumberOf(parent), name, flags);
        return folder < 0 ? null : new SafeFileHandle(folder, ownsHandle: true);
    }

    /// <summary>Opens a regular file of a directory to lock it; null when it is missing or not writable.</summary>
    internal static SafeFileHandle? OpenFile(SafeFileHandle folder, string name)
    {
        int number = Libc.OpenAt(NumberOf(folder), name, Libc.ReadWrite | Libc.NoLink | Libc.NonBlocking | Libc.CloseOnExec);
        if (number < 0) return null;
        var file = new SafeFileHandle(number, ownsHandle: true);
        if (FileStatus.TryGet(file, out FileStatus status) && status.Kind == FileStatus.Regular) return file;
        file.Dispose();
        return null;
    }

    /// <summary>Removes the directory at a path; ignores other kinds of files and failures.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="last">Name of the file that is removed last.</param>
    internal static void Remove(string path, string last = "")
    {
        path = Path.TrimEndingDirectorySeparator(path);
        using SafeFileHandle? parent = Open(null, Path.GetDirectoryName(path)!, followsLinks: true);
        if (parent is null) return;
        using SafeFileHandle? folder = Open(parent, Path.GetFileName(path));
        if (folder is not null) _ = Remove(parent, Path.GetFileName(path), folder, last);
    }

    /// <summary>Removes an open directory.</summary>
    /// <param name="parent">The directory that holds it.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="folder">The directory itself: another one that has taken its name stays.</param>
    /// <param name="last">Name of the file that is removed last.</param>
    /// <returns>Whether it has been removed.</returns>
    internal static bool Remove(SafeFileHandle parent, string name, SafeFileHandle folder, string last)
    {
        if (!Clear(NumberOf(folder), Encoding.UTF8.GetBytes(last), 0)) return false;
        if (last.Length > 0) _ = Libc.RemoveAt(NumberOf(folder), last, 0);
        return RemoveEmpty(parent, name);
    }

    /// <summary>Removes an empty directory.</summary>
    internal static bool RemoveEmpty(SafeFileHandle parent, string name) => Libc.RemoveAt(NumberOf(parent), name, Libc.RemoveFolder) == 0;

    /// <summary>Removes the content except <paramref name="kept"/>; returns whether all of it could be removed.</summary>
    private static unsafe bool Clear(int folder, ReadOnlySpan<byte> kept, int level)
    {
        int copy = Libc.OpenAt(folder, ".", Libc.FolderOnly | Libc.CloseOnExec); // a descriptor with its own position in the listing
        if (copy < 0) return false;
        nint entries = Libc.OpenEntries(copy);
        if (entries == 0)
        {
            _ = Libc.CloseDescriptor(copy);
            return false;
        }

        bool isEmpty = true;
        for (byte* entry; (entry = Libc.ReadEntry(entries)) is not null;)
        {
            byte* name = entry + Libc.NameOffset;
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            if (text.SequenceEqual("."u8) || text.SequenceEqual(".."u8) || text.SequenceEqual(kept)) continue;
            isEmpty &= Libc.RemoveAt(folder, name, 0) == 0 || RemoveBelow(folder, name, level + 1);
        }

        _ = Libc.CloseEntries(entries);
        return isEmpty;
    }

    /// <summary>An entry that cannot be removed as a file may be a directory.</summary>
    private static unsafe bool RemoveBelow(int parent, byte* name, int level)
    {
        if (level > MostLevels) return false;
        int folder = Libc.OpenAt(parent, name, Libc.FolderOnly | Libc.NoLink | Libc.CloseOnExec);
        if (folder < 0) return false;
        _ = Clear(folder, default, level);
        _ = Libc.CloseDescriptor(folder);
        return Libc.RemoveAt(parent, name, Libc.RemoveFolder) == 0;
    }

    private static int NumberOf(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
