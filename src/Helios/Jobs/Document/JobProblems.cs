using System;
using System.Collections.Generic;
using Helios.Errors;

namespace Helios.Jobs.Document;

/// <summary>One mistake in a job spec.</summary>
/// <param name="Path">JSON path such as <c>$.chunks[2].startFrame</c>.</param>
/// <param name="What">What was found and what was expected.</param>
/// <param name="Fix">How to fix it.</param>
internal readonly record struct JobProblem(string Path, string What, string Fix);

/// <summary>
/// Independent mistakes in one document, reported together. Reading stops after <see cref="Most"/>
/// of them: the rest usually follows from the first.
/// </summary>
internal sealed class JobProblems(string documentName)
{
    internal const int Most = 20;

    private readonly List<JobProblem> _problems = [];

    internal IReadOnlyList<JobProblem> All => _problems;

    internal bool IsEmpty => _problems.Count == 0;

    internal bool IsFull => _problems.Count >= Most;

    internal void Add(string path, string what, string fix)
    {
        if (IsFull) return;
        path = ErrorText.Shorten(path, 200);
        _problems.Add(new JobProblem(path, ErrorText.Shorten(what, 5000), fix));
    }

    /// <summary>
    /// Adds the first member that an object lacks, unless there is already a problem: an unreadable member is missing, too.
    /// </summary>
    /// <param name="path">JSON path of the object.</param>
    /// <param name="fix">How to fix it.</param>
    /// <param name="members">The required members, by name; null for a missing value.</param>
    /// <returns>Whether it has all of them.</returns>
    internal bool HasAll(string path, string fix, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach (var (name, value) in members)
        {
            if (value is not null) continue;
            if (IsEmpty) Add(path, $"{path} lacks {name}", fix);
            return false;
        }

        return true;
    }

    internal HeliosException ToException(JobProblem problem) =>
        new(ExitCode.Invalid, problem.What,
            problem.What.Contains(problem.Path, StringComparison.Ordinal) ? documentName : $"{documentName} {problem.Path}", problem.Fix);

    /// <summary>Throws the first problem with the number of the others.</summary>
    internal void ThrowIfAny()
    {
        if (IsEmpty) return;
        JobProblem first = _problems[0];
        if (_problems.Count > 1) first = first with { Fix = $"{first.Fix} (helios check-job lists {_problems.Count - 1} more)" };
        throw ToException(first);
    }
}
