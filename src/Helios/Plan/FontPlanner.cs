using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Plan;

/// <summary>
/// Finds the job's font files and pins them: those of <c>--fonts</c>, else of a directory <c>fonts</c> next to a local composition.
/// </summary>
internal static class FontPlanner
{
    private const string Usual = "fonts";

    /// <param name="request">The request.</param>
    /// <param name="composition">The composition, as the job spec names it.</param>
    /// <param name="currentDirectory">Absolute.</param>
    /// <param name="jobDirectory">Absolute; base of relative paths in a portable job.</param>
    /// <returns>Null when there are none.</returns>
    /// <exception cref="HeliosException">64: outside of a portable job's directory, too many; 66: none there.</exception>
    internal static FontFolder? Plan(JobRequest request, Composition composition, string currentDirectory, string jobDirectory)
    {
        string? full = request.Fonts is null
            ? FindUsual(composition, jobDirectory)
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Fonts, currentDirectory));
        if (full is null) return null;
        string[] names = FontFiles.List(full);
        if (names.Length == 0)
        {
            if (request.Fonts is null) return null;
            throw new HeliosException(ExitCode.NoInput, "the directory has no font files (.ttf, .otf, .ttc, .otc)",
                $"--fonts {request.Fonts}", "name a directory with some; web fonts (.woff2) are for @font-face");
        }

        string path = request.ToSpecPath(full, jobDirectory, $"fonts stay below the job file's directory, but \"{full}\" is not",
            "--fonts");
        if (path != "." && JobPaths.CheckFile(path) is string what)
            throw new HeliosException(ExitCode.Usage, $"\"{full}\" cannot be used for fonts: {what}", "--fonts", "name another directory");
        return new FontFolder(path, FontFiles.Digest(full, names));
    }

    private static string? FindUsual(Composition composition, string jobDirectory) =>
        composition.Digest is not null && CompositionUrl.TryGetPath(composition.Url, jobDirectory, out string page)
            ? Path.Combine(Path.GetDirectoryName(page)!, Usual)
            : null;
}
