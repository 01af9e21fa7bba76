using System;
using Helios.Errors;

namespace Helios.Run.Checks;

/// <summary>Where checks report to.</summary>
/// <param name="report">Gets each finding.</param>
internal sealed class Findings(Action<Finding> report)
{
    internal bool HasErrors { get; private set; }

    internal void Ok(string name, string found) => report(new Finding(FindingState.Ok, name, found, null));

    internal void Warn(string name, string found, string fix) => report(new Finding(FindingState.Warning, name, found, fix));

    internal void Fail(string name, string found, string fix)
    {
        HasErrors = true;
        report(new Finding(FindingState.Error, name, found, fix));
    }

    /// <summary>An error if the check throws.</summary>
    /// <param name="name">Name of the check.</param>
    /// <param name="fix">Advice for a failure that has none.</param>
    /// <param name="check">Says what it found; null when it reports by itself.</param>
    /// <returns>Whether it did not throw.</returns>
    internal bool Try(string name, string fix, Func<string?> check)
    {
        try
        {
            if (check() is string found) Ok(name, found);
            return true;
        }
        catch (HeliosException error) when (error.Code is not (ExitCode.Interrupted or ExitCode.Terminated))
        {
            Fail(name, $"{error.What} ({error.Where})", error.Fix.Length > 0 ? error.Fix : fix);
            return false;
        }
    }
}
