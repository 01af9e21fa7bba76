using System;
using System.Collections.Generic;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// What people should know of the page, said once: fonts that its text names first and does not get, which may be refused, and
/// sound that the video does not have.
/// </summary>
/// <param name="isStrict">Whether missing fonts are refused.</param>
/// <param name="warn">Receives one line for people.</param>
internal sealed class PageRemarks(bool isStrict, Action<string> warn)
{
    private const string Remarks = "__helios_driver.remarks()";
    private const string MissingFonts = "__helios_driver.missingFonts()";
    private const int MostNamed = 10;
    private const string Fix = "give their files with --fonts DIR, or in a directory fonts next to the page";

    private static readonly HashSet<string> s_said = []; // a page is opened more than once

    /// <summary>Looks at the page as it is now.</summary>
    /// <param name="evaluate">Evaluates an expression in the page.</param>
    /// <param name="where">The page's activity, for messages.</param>
    /// <exception cref="HeliosException">65: strict, and a font is missing.</exception>
    internal void Check(Func<string, string> evaluate, string where)
    {
        foreach (string line in evaluate(Remarks).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (s_said.Add(line)) warn($"helios: {line} ({where})");
        CheckFonts(evaluate, where);
    }

    private void CheckFonts(Func<string, string> evaluate, string where)
    {
        var missing = new List<string>();
        foreach (string line in evaluate(MissingFonts).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] names = line.Split('\t');
            string text = ErrorText.Shorten($"{names[0]} (drawn in {names[^1]})");
            if ((isStrict || s_said.Add(text)) && missing.Count < MostNamed) missing.Add(text);
        }

        if (missing.Count == 0) return;
        string what = "the page's text names fonts that are not here: " + string.Join(", ", missing);
        if (isStrict) throw new HeliosException(ExitCode.Invalid, what, where, Fix);
        warn($"helios: {what} ({where}); {Fix}");
    }
}
