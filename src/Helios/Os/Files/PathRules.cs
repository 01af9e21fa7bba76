using System;
using System.Text;

namespace Helios.Os.Files;

/// <summary>
/// How a kind of host spells paths. Rules about paths take it as a value, so that those of every host are tested on each. A job spec has
/// <c>/</c> between names on all of them.
/// </summary>
/// <param name="IsWindows">Whether paths have drives and shares, <c>\</c> between names, and names that are devices.</param>
/// <param name="IgnoresCase">Whether <c>a.mp4</c> and <c>A.mp4</c> are one file, as Windows and macOS are set up.</param>
internal readonly record struct PathRules(bool IsWindows, bool IgnoresCase)
{
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    internal static PathRules Host =>
        new(OperatingSystem.IsWindows(), OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());

    private StringComparison Comparison => IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a path of a spec begins at a root, on whichever host it was planned.</summary>
    internal static bool IsAbsolute(string path) => path.StartsWith('/') || HasDrive(path);

    /// <summary>Whether it begins with a drive and a slash: <c>C:/</c>.</summary>
    internal static bool HasDrive(string path) => path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '/';

    internal string ToSlashes(string path) => IsWindows ? path.Replace('\\', '/') : path;

    /// <summary>The path of a file URL after <c>file://</c>: a drive stands behind a slash.</summary>
    internal string ToUrlPath(string fullPath) => ToSlashes(fullPath) is var path && IsWindows && HasDrive(path) ? "/" + path : path;

    internal string FromUrlPath(string path) => IsWindows && path.StartsWith('/') && HasDrive(path[1..]) ? path[1..] : path;

    internal bool AreSame(string path, string other) => string.Equals(ToSlashes(path), ToSlashes(other), Comparison);

    /// <summary>
    /// What paths have in common that are one file on some host: Windows and macOS ignore case, and Windows drops final points and
    /// blanks of names.
    /// </summary>
    internal static string KeyOf(string path)
    {
        var key = new StringBuilder(path.Length);
        foreach (var part in path.AsSpan().Split('/'))
        {
            if (part.Start.Value > 0) key.Append('/');
            ReadOnlySpan<char> name = path.AsSpan(part);
            key.Append(name is "." or ".." ? name : name.TrimEnd(". "));
        }

        return key.ToString().ToUpperInvariant();
    }

    /// <summary>Whether a file is below a directory, or below one of its directories; both absolute.</summary>
    internal bool IsBelow(string file, string directory)
    {
        string top = ToSlashes(directory);
        return ToSlashes(file).StartsWith(top.EndsWith('/') ? top : top + "/", Comparison);
    }

    /// <summary>Whether a path of a spec begins with a share, <c>//server/share/</c>; <c>//./</c> and <c>//?/</c> name devices.</summary>
    internal bool HasShare(string path) =>
        IsWindows && path.Length > 3 && path.StartsWith("//", StringComparison.Ordinal) && path[2] is not ('/' or '.' or '?');

    /// <summary>What a path of a spec cannot hold on this kind of host alone; null when there is nothing of that kind.</summary>
    internal string? Check(string path)
    {
        if (!IsWindows) return null;
        if (path.Contains('\\', StringComparison.Ordinal)) return "a spec has / between names";
        if (path.AsSpan(HasDrive(path) ? 2 : 0).Contains(':')) return "Windows would take what follows the colon for a stream of the file";
        foreach (var part in path.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> name = path.AsSpan(part);
            if (name is not ("." or "..") && name is [.., '.' or ' ']) return "Windows drops a final point or blank of a name";
            if (IsDevice(name)) return $"on Windows \"{name}\" is a device";
        }

        return null;
    }

    /// <summary>Names of devices have any extension: <c>nul.mp4</c> is one.</summary>
    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> stem = name.IndexOf('.') is int point and >= 0 ? name[..point] : name;
        stem = stem.TrimEnd(' ');
        foreach (string device in s_devices)
        {
            if (!stem.StartsWith(device, StringComparison.OrdinalIgnoreCase)) continue;
            bool isNumbered = device is "COM" or "LPT";
            if (isNumbered ? stem[3..] is [(>= '1' and <= '9') or '¹' or '²' or '³'] : stem.Length == device.Length) return true;
        }

        return false;
    }
}
