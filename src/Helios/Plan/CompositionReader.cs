using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Plan;

/// <summary>The composition as the job spec names it.</summary>
/// <param name="Url">See <see cref="CompositionUrl"/>.</param>
/// <param name="Digest"><c>sha256:…</c> of a local file that workers read themselves; null otherwise.</param>
internal readonly record struct Composition(string Url, string? Digest);

/// <summary>Resolves the composition that the user typed, builds its URL and pins its bytes. Starts no browser.</summary>
internal static class CompositionReader
{
    /// <param name="request">The request.</param>
    /// <param name="currentDirectory">Absolute.</param>
    /// <param name="jobDirectory">Absolute; base of relative references.</param>
    /// <param name="open">Opens the composition by its absolute path and its name for messages.</param>
    /// <exception cref="HeliosException">64: helios cannot render this address; 66: no such file.</exception>
    internal static Composition Read(JobRequest request, string currentDirectory, string jobDirectory, Func<string, string, Stream> open)
    {
        string typed = request.Composition;
        if (CompositionUrl.IsOnNet(typed)) return ReadNet(typed, request);

        string path = FindFile(typed, currentDirectory, out string suffix);
        if (request.JobFile is not null && PathRules.Host.AreSame(Path.GetFullPath(request.JobFile, currentDirectory), path))
            throw new HeliosException(ExitCode.Usage, "the job spec would replace the composition", "--job", "name another file");
        string digest = "sha256:" + HashFile(path, typed, open);
        if (request.BaseUrl is string baseUrl) return new(MapToServer(path, currentDirectory, baseUrl) + suffix, null);
        return new((request.IsPortable ? ToReference(path, jobDirectory) : CompositionUrl.FromPath(path)) + suffix, digest);
    }

    private static Composition ReadNet(string url, JobRequest request)
    {
        if (request.BaseUrl is not null)
        {
            throw new HeliosException(
                ExitCode.Usage, "the composition is a URL already", "--base-url", "leave --base-url out, or name a local file");
        }

        if (CompositionUrl.Check(url) is string what)
        {
            throw new HeliosException(
                ExitCode.Usage, $"\"{url}\" is not a URL: {what}", "<composition>", "percent-encode it, or quote it for the shell");
        }

        return new(url, null);
    }

    /// <param name="typed">Path or <c>file:///</c> URL; a query and a fragment may follow.</param>
    /// <param name="currentDirectory">Absolute.</param>
    /// <param name="suffix">Query and fragment, with their marks; empty when there are none.</param>
    private static string FindFile(string typed, string currentDirectory, out string suffix)
    {
        string path = Path.GetFullPath(typed, currentDirectory);
        suffix = "";
        if (File.Exists(path)) return path; // whatever characters its name has
        if (FindWithSuffix(typed, currentDirectory) is int end)
        {
            suffix = typed[end..];
            if (CompositionUrl.Check("page" + suffix) is string fault)
            {
                throw new HeliosException(ExitCode.Usage, $"\"{suffix}\" is not the query or fragment of a URL: {fault}", "<composition>",
                    "percent-encode it, or give the page its values with --props");
            }

            return Path.GetFullPath(typed[..end], currentDirectory);
        }

        if (CompositionUrl.IsFile(typed))
        {
            suffix = CompositionUrl.SuffixOf(typed);
            if (CompositionUrl.Check(typed) is string what || !CompositionUrl.TryGetPath(typed, currentDirectory, out path))
            {
                throw new HeliosException(ExitCode.Usage, $"\"{typed}\" is not a file URL that helios can read", "<composition>",
                    "write file:///path with special characters percent-encoded, or the plain path");
            }
        }
        else if (CompositionUrl.SchemeOf(typed) is string scheme)
        {
            throw new HeliosException(ExitCode.Usage, $"only files and http(s) pages can be rendered, not {scheme}:", "<composition>",
                "give a path or an http(s) URL");
        }

        if (Directory.Exists(path))
        {
            throw new HeliosException(ExitCode.NoInput, "the composition is a directory", typed,
                $"name the page in it, such as {Path.Combine(typed, "index.html")}");
        }

        if (!File.Exists(path))
        {
            throw new HeliosException(
                ExitCode.NoInput, "the composition does not exist", typed, "check the path; relative paths start in the current directory");
        }

        return path;
    }

    /// <summary>Where the query or fragment of a path begins: the first mark after the name of a file; null when there is none.</summary>
    private static int? FindWithSuffix(string typed, string currentDirectory)
    {
        for (int end = typed.AsSpan().IndexOfAny('?', '#'); end > 0;)
        {
            if (File.Exists(Path.GetFullPath(typed[..end], currentDirectory))) return end;
            int next = typed.AsSpan(end + 1).IndexOfAny('?', '#');
            end = next < 0 ? -1 : end + 1 + next;
        }

        return null;
    }

    private static string HashFile(string path, string typed, Func<string, string, Stream> open)
    {
        try
        {
            using Stream file = open(path, typed);
            return Sha256.HashStream(file);
        }
        catch (IOException error)
        {
            throw new HeliosException(ExitCode.NoInput, "the composition cannot be read: " + ErrorText.Reason(error), typed,
                "check the disk, then run it again", error);
        }
    }

    private static string MapToServer(string path, string currentDirectory, string baseUrl)
    {
        if (!CompositionUrl.IsOnNet(baseUrl) || CompositionUrl.Check(baseUrl) is not null || baseUrl.AsSpan().IndexOfAny('?', '#') >= 0)
        {
            throw new HeliosException(ExitCode.Usage, $"\"{baseUrl}\" is not a base URL", "--base-url",
                "give an http(s) URL without query, such as https://host/spots/");
        }

        string relative = JobPaths.ToSlashes(Path.GetRelativePath(currentDirectory, path));
        if (relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            throw new HeliosException(ExitCode.Usage,
                $"\"{path}\" is not below the current directory, which --base-url maps onto the server",
                "--base-url", "change to the directory that the server shows");
        }

        return baseUrl.TrimEnd('/') + "/" + CompositionUrl.Encode(relative);
    }

    private static string ToReference(string path, string jobDirectory) =>
        CompositionUrl.Encode(JobPaths.ToSlashes(Path.GetRelativePath(jobDirectory, path)));
}
