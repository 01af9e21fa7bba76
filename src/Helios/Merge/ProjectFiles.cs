using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Text;

namespace Helios.Merge;

/// <summary>
/// Compares the files that a page read with the current ones. Each is hashed once, however many chunks read it. A machine without
/// the composition cannot compare, and need not.
/// </summary>
internal sealed class ProjectFiles
{
    private readonly string? _folder;
    private readonly Action? _check;
    private readonly bool _toleratesGone;
    private readonly Dictionary<string, SealedFile> _current = []; // by path and offset

    /// <param name="spec">The job.</param>
    /// <param name="directory">Base directory of the spec's relative paths.</param>
    /// <param name="check">Called while files are read; may throw to stop.</param>
    /// <param name="toleratesGone">
    /// Whether a file may be missing: the merge does not need it, and it may be elsewhere (<c>--root</c>).
    /// </param>
    internal ProjectFiles(JobSpec spec, string directory, Action? check, bool toleratesGone = false)
    {
        _check = check;
        _toleratesGone = toleratesGone;
        if (CompositionUrl.IsOnNet(spec.Composition) || !CompositionUrl.TryGetPath(spec.Composition, directory, out string path)) return;
        if (RealPath.Of(path) is string real) _folder = Path.GetDirectoryName(real);
    }

    /// <summary>How the files that a chunk's page read differ from the current ones; null when they do not.</summary>
    internal string? FindChange(Seal seal)
    {
        if (_folder is null) return null;
        foreach (SealedFile file in seal.Files)
        {
            SealedFile current = Find(file.Path, file.Offset);
            if (current == file || (_toleratesGone && current.Digest is null)) continue;
            string name = ErrorText.OneLine(ErrorText.Shorten(file.Path, 300));
            if (current.Digest is null) return $"its page read {name}, which is gone";
            return file.Digest is null ? $"its page did not find {name}, which is there now" : $"{name} has changed since it was rendered";
        }

        return null;
    }

    private SealedFile Find(string path, long offset)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{path}\0{offset}");
        return _current.TryGetValue(key, out SealedFile? known) ? known : _current[key] = Read(path, offset);
    }

    /// <summary>An unreadable file counts as missing: a page could not read it either.</summary>
    private SealedFile Read(string path, long offset)
    {
        var absent = new SealedFile { Path = path, Offset = offset };
        string full = Path.Combine(_folder!, path);
        if (!File.Exists(full)) return absent;
        try
        {
            using FileStream file = InputFile.OpenRegular(full, full);
            if (offset > file.Length) return absent;
            file.Position = offset;
            var hash = new Sha256();
            byte[] buffer = new byte[64 * 1024];
            long rest = Math.Min(SealedFile.PartSize, file.Length - offset); // files of /proc have no length, and may never end
            for (int read; rest > 0 && (read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, rest))) > 0; rest -= read)
            {
                _check?.Invoke();
                hash.Append(buffer.AsSpan(0, read));
            }

            return absent with { Size = file.Length, Digest = "sha256:" + hash.Finish() };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HeliosException { Code: ExitCode.NoInput })
        {
            return absent;
        }
    }
}
