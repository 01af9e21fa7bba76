using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Plan;

/// <summary>
/// Finds the directory that a local page may read: that of <c>--root</c>, else the nearest one above the page in which most of the files
/// exist that its text names from a root (<c>/assets/a.js</c>) or above itself (<c>../a.css</c>), and in which the directory of its
/// <c>&lt;base href&gt;</c> lies. Built pages need one.
/// </summary>
internal static class RootPlanner
{
    private const int LongestText = 4 << 20; // bytes; what a larger page names later is not looked at
    private const int MostNames = 1000;
    private const string Above = "../";

    private static readonly string[] s_projectMarks = ["package.json", ".git"];

    private static readonly SearchValues<char> s_ends = SearchValues.Create("\"'`()<>?# \t\r\n");

    /// <param name="request">The request.</param>
    /// <param name="composition">The composition, as the job spec names it.</param>
    /// <param name="currentDirectory">Absolute.</param>
    /// <param name="jobDirectory">Absolute; base of relative paths in a portable job.</param>
    /// <returns>As the job spec names it; null for the composition's own directory, and on the network.</returns>
    /// <exception cref="HeliosException">
    /// 64: not above the composition, or outside of a portable job's directory; 66: not there.
    /// </exception>
    internal static string? Plan(JobRequest request, Composition composition, string currentDirectory, string jobDirectory)
    {
        if (composition.Digest is null || !CompositionUrl.TryGetPath(composition.Url, jobDirectory, out string page)) return null;
        string own = Path.GetDirectoryName(page)!;
        string root = request.Root is null
            ? Find(page, own, currentDirectory)
            : Check(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Root, currentDirectory)), request.Root, page);
        if (PathRules.Host.AreSame(root, own)) return null;
        return request.ToSpecPath(root, jobDirectory, $"the page's files stay below the job file's directory, but it reads from {root}",
            "--root");
    }

    private static string Check(string root, string typed, string page)
    {
        if (!Directory.Exists(root))
            throw new HeliosException(ExitCode.NoInput, "the directory does not exist", $"--root {typed}", "create it or name another");
        if (PathRules.Host.IsBelow(page, root)) return root;
        throw new HeliosException(ExitCode.Usage, $"the composition {page} is outside the project directory {root}", "--root",
            "name a directory above it");
    }

    private static string Find(string page, string own, string currentDirectory)
    {
        if (Path.GetDirectoryName(RealPath.Of(page)) != RealPath.Of(own)) return own; // a link: its files are next to its target
        string text = ReadStart(page);
        HashSet<string> names = NamesIn(text);
        string? pageBase = BaseIn(text);
        if (names.Count == 0 && pageBase is null) return own;
        string best = own;
        int most = 0;
        foreach (string directory in Candidates(own, currentDirectory))
        {
            string Resolve(string name, string start) => name[0] == '/' ? directory + name : Path.GetFullPath(name, start);
            string start = pageBase is null ? own : Resolve(pageBase, own);
            int count = pageBase is not null && PathRules.Host.IsBelow(start + "/", directory) && Directory.Exists(start) ? 1 : 0;
            foreach (string name in names)
            {
                string file = Resolve(name, start);
                if (PathRules.Host.IsBelow(file, directory) && File.Exists(file)) count++;
            }

            if (count > most) (best, most) = (directory, count);
        }

        return best;
    }

    /// <summary>
    /// The page's directory and those above it, up to the project's: the current one, or the nearest that is marked as one.
    /// </summary>
    private static List<string> Candidates(string own, string currentDirectory)
    {
        var all = new List<string>();
        int last = 0;
        for (string? directory = own; directory is not null && directory != "/"; directory = Path.GetDirectoryName(directory))
        {
            all.Add(directory);
            bool isProject = last == 0 && Array.Exists(s_projectMarks, mark => Path.Exists(Path.Join(directory, mark)));
            if (isProject || directory == currentDirectory) last = all.Count - 1;
        }

        return all.Count == 0 ? [own] : all[..(last + 1)];
    }

    /// <summary>What the page's text names from a root or above itself: after a quote, a bracket or an equals sign.</summary>
    private static HashSet<string> NamesIn(string text)
    {
        var names = new HashSet<string>();
        for (int i = 1; i < text.Length && names.Count < MostNames; i++)
        {
            if (text[i - 1] is not ('"' or '\'' or '(' or '=' or '`')) continue;
            ReadOnlySpan<char> rest = text.AsSpan(i);
            bool isFromRoot = rest[0] == '/' && rest.Length > 1 && rest[1] is not ('/' or '>' or '*');
            if (!isFromRoot && !rest.StartsWith(Above)) continue;
            int end = rest.IndexOfAny(s_ends);
            ReadOnlySpan<char> name = end < 0 ? rest : rest[..end];
            if (name.Length <= JobPaths.MaxNameBytes && CompositionUrl.TryDecode(name.ToString(), out string path)) _ = names.Add(path);
        }

        return names;
    }

    /// <summary>Path of the directory that <c>&lt;base href&gt;</c> names; null without one, and for one on the network.</summary>
    private static string? BaseIn(string text)
    {
        const string Attribute = "href=";
        int start = text.IndexOf("<base ", StringComparison.OrdinalIgnoreCase);
        int length = start < 0 ? -1 : text.AsSpan(start).IndexOf('>');
        if (length < 0) return null;
        ReadOnlySpan<char> element = text.AsSpan(start, length + 1);
        int attribute = element.IndexOf(Attribute, StringComparison.OrdinalIgnoreCase);
        if (attribute < 0) return null;
        ReadOnlySpan<char> url = element[(attribute + Attribute.Length)..].TrimStart("\"'");
        url = url[..url.IndexOfAny(s_ends)];
        if (url.StartsWith("//") || url.Contains(':') || !CompositionUrl.TryDecode(url.ToString(), out string path)) return null;
        return path[..(path.LastIndexOf('/') + 1)] is { Length: > 0 } directory ? directory : null;
    }

    private static string ReadStart(string page)
    {
        try
        {
            using FileStream file = File.OpenRead(page);
            byte[] bytes = new byte[Math.Min(file.Length, LongestText)];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // the one who pins it says why
        }
    }
}
