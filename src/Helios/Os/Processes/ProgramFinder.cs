using System;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Processes;

/// <summary>Finds an external program: by an option, an environment variable, or its usual names and locations.</summary>
internal static class ProgramFinder
{
    /// <param name="option">Value of the command line option, or null.</param>
    /// <param name="optionName">Its name, for messages.</param>
    /// <param name="variable">Environment variable that names the program.</param>
    /// <param name="candidates">Absolute paths, or names to look for on PATH.</param>
    /// <param name="fix">Advice when it is not found.</param>
    /// <exception cref="HeliosException">69: not found, or nothing can be rendered here.</exception>
    internal static string Find(string? option, string optionName, string variable, ReadOnlySpan<string> candidates, string fix) =>
        FindNamed(option, optionName, [variable], Environment.GetEnvironmentVariable, fix)?.Path
        ?? FindUsual(candidates)
        ?? throw Missing(string.Join(", ", candidates.ToArray()), "PATH", fix);

    /// <summary>The program that is named outright, and the option or variable that names it; null when none does.</summary>
    /// <param name="option">Value of the command line option, or null.</param>
    /// <param name="optionName">Its name.</param>
    /// <param name="variables">Environment variables that name the program; the first that is set counts.</param>
    /// <param name="valueOf">Value of a variable.</param>
    /// <param name="fix">Advice when it is not found.</param>
    /// <exception cref="HeliosException">69: there is no such program, or nothing can be rendered here.</exception>
    internal static (string Path, string Source)? FindNamed(
        string? option, string optionName, ReadOnlySpan<string> variables, Func<string, string?> valueOf, string fix)
    {
        if (!OperatingSystem.IsLinux()) throw SystemError.OnlyOnLinux(); // before advice to install what would not work there
        if (option is not null) return (Locate(option) ?? throw Missing(option, optionName, fix), optionName);
        foreach (string variable in variables)
        {
            if (valueOf(variable) is { Length: > 0 } value)
                return (Locate(value) ?? throw Missing(value, variable, fix), variable);
        }

        return null;
    }

    /// <summary>The first that exists of these paths, and names on PATH; null when none does.</summary>
    internal static string? FindUsual(ReadOnlySpan<string> candidates)
    {
        foreach (string candidate in candidates)
            if (Locate(candidate) is string path) return path;
        return null;
    }

    internal static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || Libc.Access(path, Libc.ExecuteAccess) == 0);

    /// <summary>A program of the usual place; null when there is none.</summary>
    /// <param name="name">Name to look for on PATH.</param>
    /// <exception cref="HeliosException">69: programs cannot be started here.</exception>
    internal static string? FindOnPath(string name) => OperatingSystem.IsLinux() ? Locate(name) : throw SystemError.OnlyOnLinux();

    private static HeliosException Missing(string name, string where, string fix) =>
        new(ExitCode.Unavailable, $"there is no program \"{name}\"", where, fix);

    private static string? Locate(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return IsProgram(name) ? Path.GetFullPath(name) : null;
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string path = Path.Combine(directory, name);
            if (IsProgram(path)) return path;
        }

        return null;
    }
}
