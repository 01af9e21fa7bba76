using System;
using System.Globalization;
using System.IO;

namespace Helios.Os;

/// <summary>
/// A file beside its target while another program writes it, locked (flock) as long as we live: the kernel lets go of the
/// lock however we end, and tells so to every process of this machine, whatever container it runs in. A process number
/// does not: in another container it is another's. Some network file systems keep locks to themselves, so the name also
/// says which boot of which kernel its writer ran under, and elsewhere a file counts that nobody wrote to for a while.
/// </summary>
internal sealed class LockedFile : IDisposable
{
    private const int Attempts = 20;
    private const int PartLength = 8; // hexadecimal digits of the kernel's boot, and of a random number
    private const string BootPath = "/proc/sys/kernel/random/boot_id";

    private readonly string _target;
    private readonly FileStream _file;

    private LockedFile(string target, string path, FileStream file)
    {
        _target = target;
        Path = path;
        _file = file;
    }

    internal string Path { get; }

    /// <summary>Makes an empty one.</summary>
    /// <param name="target">Absolute path of the file that it shall become.</param>
    /// <exception cref="HeliosException">73: it cannot be made; 74: the disk is full.</exception>
    internal static LockedFile Create(string target)
    {
        for (int attempt = 0; ; attempt++)
        {
            string path = $"{target}.{FindBoot()}{Entropy.NewGuid().ToString("N")[..PartLength]}{TemporaryFile.Extension}";
            FileStream? file = null;
            try
            {
                file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                if (IsAt(file, path)) return new LockedFile(target, path, file);
                file.Dispose(); // taken for abandoned between its making and its locking
            }
            catch (IOException) when (attempt < Attempts && File.Exists(path))
            {
                // likewise
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw SystemError.ToException(error, "the file cannot be created", target, "make its directory writable");
            }
        }
    }

    /// <summary>
    /// Removes what killed processes left of a target. Another worker, perhaps on another machine, may be writing it too.
    /// </summary>
    /// <param name="target">Absolute path.</param>
    internal static void RemoveAbandoned(string target)
    {
        string start = System.IO.Path.GetFileName(target) + ".";
        string ours = FindBoot();
        foreach (string path in TemporaryFile.Find(System.IO.Path.GetDirectoryName(target)!, start, TemporaryFile.Extension))
        {
            ReadOnlySpan<char> writer = FindWriter(System.IO.Path.GetFileName(path), start.Length);
            if (writer.IsEmpty) continue;
            bool isOfThisBoot = ours.Length > 0 && writer.Length == 2 * PartLength && writer.StartsWith(ours, StringComparison.Ordinal);
            DeleteIfUnlocked(path, isAtOnce: isOfThisBoot);
        }
    }

    /// <summary>Its bytes, after whoever wrote them has ended.</summary>
    internal FileStream Read()
    {
        _file.Position = 0;
        return _file;
    }

    /// <summary>Gives it its name: flushed to disk, then renamed, replacing what had the name.</summary>
    internal void Publish()
    {
        _file.Flush(flushToDisk: true);
        File.Move(Path, _target, overwrite: true);
        _file.Dispose(); // only now: unlocked under its temporary name it would be anybody's to remove
        if (!OperatingSystem.IsWindows()) Libc.FlushDirectory(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Removes it, unless it was published.</summary>
    public void Dispose()
    {
        AtomicFile.DeleteQuietly(Path);
        _file.Dispose();
    }

    /// <summary>What a name says of who writes the file: a process number or ours; empty when helios did not give it.</summary>
    private static ReadOnlySpan<char> FindWriter(string name, int start)
    {
        ReadOnlySpan<char> writer = name.AsSpan()[start..^TemporaryFile.Extension.Length];
        if (writer.StartsWith("json.", StringComparison.Ordinal)) writer = writer["json.".Length..]; // of the receipt
        foreach (char c in writer)
            if (!char.IsAsciiHexDigitLower(c)) return default;
        return writer;
    }

    /// <param name="path">The file.</param>
    /// <param name="isAtOnce">Whether its lock tells enough, or also its age.</param>
    private static void DeleteIfUnlocked(string path, bool isAtOnce)
    {
        try
        {
            if (!isAtOnce && !TemporaryFile.IsAbandoned(path)) return;
            if (FileKind.WhyNotRegular(path) is not null) return;
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (IsAt(file, path)) File.Delete(path); // while it is locked: its writer may just be about to do so
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // in use, removed meanwhile, or another user's
        }
    }

    private static bool IsAt(FileStream file, string path)
    {
        string opened = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");
        return !OperatingSystem.IsLinux() || !File.Exists(opened) || FileKind.IsSameFile(opened, path);
    }

    /// <summary>The beginning of the kernel's own random number; empty where it tells none.</summary>
    private static string FindBoot()
    {
        try
        {
            string text = File.ReadAllText(BootPath);
            return text.Length >= PartLength ? text[..PartLength] : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
