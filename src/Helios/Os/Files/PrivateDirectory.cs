using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Helios.Errors;
using Microsoft.Win32.SafeHandles;

namespace Helios.Os.Files;

/// <summary>
/// A directory that only this user can enter, removed with its content when the work ends. The next helios removes the
/// directory of a killed one, if it belongs to the same user and <see cref="Leftover"/> agrees: at its start, and at its end what
/// children of the killed one still held at the start, or have made again since: a browser makes the path of its profile.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Prefixes of all names that helios uses.</summary>
    internal const string OfBrowser = "helios-browser-";
    internal const string OfRun = "helios-run-";
    internal const string OfMerge = "helios-merge-";
    internal const string OfDoctor = "helios-doctor-";
    internal const string OfProbe = "helios-probe-";
    internal const string OfStore = "helios-store-";

    private const string CommonStart = "helios-";
    private const string LockName = "helios.lock";
    private const int Attempts = 20;
    private const int LongestMessage = 300;

    private static readonly string[] s_kinds = [OfBrowser, OfRun, OfMerge, OfDoctor, OfProbe, OfStore];

    private readonly FileStream _lock;
    private readonly IDisposable _sign;
    private List<string> _removed = []; // names
    private uint _owner;
    private bool _isClean = true;

    private PrivateDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
        _sign = LifeSigns.Shared.Give(path);
    }

    internal string Path { get; }

    /// <param name="prefix">Prefix of its name, one of those above.</param>
    /// <exception cref="HeliosException">73: the temporary directory is missing or not writable; 74: there is no room.</exception>
    internal static PrivateDirectory Create(string prefix) => Create(prefix, CurrentDirectory.Resolve(System.IO.Path.GetTempPath()));

    /// <param name="prefix">As above.</param>
    /// <param name="parent">The directory for temporary files, absolute.</param>
    /// <exception cref="HeliosException">As above.</exception>
    internal static PrivateDirectory Create(string prefix, string parent)
    {
        List<string> removed = [];
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                PrivateDirectory? made = TryMake(System.IO.Path.Combine(parent, prefix + Leftover.NewWriter()));
                if (made is null && attempt < Attempts) continue;
                if (made is null) throw new IOException("it is removed as soon as it is made");

                // a directory created here is this user's, whatever id a file server gives root
                if (!FileStatus.TryGet(made.Path, followsLinks: false, out FileStatus status)) return made;
                made._owner = status.Owner;
                made._removed = removed;
                made._isClean = RemoveAbandoned(parent, made._owner, made.Path, removed);
                return made;
            }
            catch (IOException error) when (attempt == 0 && Reasons.Of(error) == Reason.DiskFull && OperatingSystem.IsLinux())
            {
                _ = RemoveAbandoned(parent, Libc.EffectiveUser(), "", removed);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw SystemError.ToException(error, "a temporary directory cannot be made", ErrorText.Shorten(parent, LongestMessage),
                    "make it writable, or set TMPDIR to another directory");
            }
        }
    }

    /// <summary>
    /// Removes directories of killed processes. For a command that finds nothing to render, and so makes no directory of its own.
    /// </summary>
    internal static void RemoveLeftovers()
    {
        if (!OperatingSystem.IsLinux()) return;
        string parent = CurrentDirectory.Resolve(System.IO.Path.GetTempPath());
        List<string> removed = [];
        if (RemoveAbandoned(parent, Libc.EffectiveUser(), "", removed)) return;
        Thread.Sleep(50); // a child of the killed one may be ending
        _ = RemoveAbandoned(parent, Libc.EffectiveUser(), "", removed);
    }

    /// <summary>Removes it. A dying child may still write, so this retries for a second.</summary>
    public void Dispose()
    {
        _sign.Dispose();
        for (int attempt = 0; attempt < Attempts && Directory.Exists(Path); attempt++)
        {
            if (attempt > 0) Thread.Sleep(50);
            Delete(); // still locked, so that it is not taken for abandoned meanwhile
        }

        _lock.Dispose();
        string parent = System.IO.Path.GetDirectoryName(Path)!;
        if (_removed.Count > 0 || !_isClean) _ = RemoveAbandoned(parent, _owner, Path, _removed);
    }

    /// <summary>Creates and locks one; null when another helios took it for abandoned in between.</summary>
    private static PrivateDirectory? TryMake(string path)
    {
        Make(path);
        string lockPath = System.IO.Path.Combine(path, LockName);
        try
        {
            FileStream heldLock = new(lockPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (FileKind.IsAt(heldLock.SafeFileHandle, lockPath)) return new PrivateDirectory(path, heldLock);
            heldLock.Dispose();
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException error) when (error.HResult == SystemError.WouldBlock)
        {
            return null;
        }
        catch
        {
            TemporaryFile.Remove(path);
            throw;
        }
    }

    /// <summary>Creates one directory; .NET would create its parents, too, and they would remain.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            if (Libc.MakeFolder(path, (uint)OwnerOnly) != 0) throw SystemError.ToSystemException(Marshal.GetLastPInvokeError());
            return;
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(path))) throw new DirectoryNotFoundException();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    }

    /// <summary>Removes leftovers of killed processes. Other users' directories stay, and links are not followed: /tmp is shared.</summary>
    /// <param name="parent">The directory for temporary files.</param>
    /// <param name="owner">This user.</param>
    /// <param name="own">The directory that stays.</param>
    /// <param name="removed">
    /// Names of those that were found abandoned; gets more. What has such a name now was made by children of a killed helios: without a
    /// lock, so that others only remove it when it is old.
    /// </param>
    /// <returns>False when another directory of this user remains, in use or not removable.</returns>
    private static bool RemoveAbandoned(string parent, uint owner, string own, List<string> removed)
    {
        using SafeFileHandle? folder = DirectoryTree.Open(null, parent, followsLinks: true);
        if (folder is null) return true;
        bool isClean = true;
        foreach (string path in TemporaryFile.Find(parent, CommonStart, ""))
        {
            if (path == own) continue;
            string name = System.IO.Path.GetFileName(path);
            string? kind = Array.Find(s_kinds, start => name.StartsWith(start, StringComparison.Ordinal));
            if (kind is null || !Leftover.IsWriter(name.AsSpan(kind.Length))) continue;
            isClean &= RemoveIfAbandoned(folder, name, name.AsSpan(kind.Length), owner, removed);
        }

        return isClean;
    }

    /// <returns>False when it remains although it is this user's.</returns>
    private static bool RemoveIfAbandoned(SafeFileHandle parent, string name, ReadOnlySpan<char> writer, uint owner, List<string> removed)
    {
        using SafeFileHandle? folder = DirectoryTree.Open(parent, name);
        if (folder is null || !FileStatus.TryGet(folder, out FileStatus status) || status.Owner != owner) return true;
        using SafeFileHandle? file = DirectoryTree.OpenFile(folder, LockName);
        LockState state = file is null ? LockState.Unknown : Leftover.TryLock(file);
        bool isKnown = removed.Contains(name) && (file is null || state == LockState.Free);
        if (!isKnown && !Leftover.IsAbandoned(status, writer, state)) return false;

        // killed while it was made or removed, or made again by a child; what has content and a name of another boot may be somebody else's
        if (file is null && !isKnown && !Leftover.IsOfThisBoot(writer)) return DirectoryTree.RemoveEmpty(parent, name);
        if (file is not null && !isKnown) removed.Add(name);
        return DirectoryTree.Remove(parent, name, folder, LockName);
    }

    private void Delete()
    {
        if (OperatingSystem.IsLinux())
        {
            DirectoryTree.Remove(Path, LockName);
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // in use
        }
    }
}
