using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;

namespace Helios.Adapters;

/// <summary>How engines react to a task's exit code, derived from the one table in <see cref="ExitCodes"/>.</summary>
internal static class RetryRules
{
    /// <summary>128 + SIGKILL: out of memory, or the machine was reclaimed. Not a code of helios itself, so not in the table.</summary>
    private const int Killed = 137;

    /// <summary>Codes after which running the same task again can help, ascending.</summary>
    internal static int[] Again { get; } = Select(isRetryable: true);

    /// <summary>Codes after which no retry ever helps, ascending: the job should end at once.</summary>
    internal static int[] Never { get; } = Select(isRetryable: false);

    /// <summary>
    /// The codes to retry as few patterns of digits with an optional <c>*</c>, for AWS Batch: each is the shortest prefix that no
    /// other code of the table has.
    /// </summary>
    internal static IReadOnlyList<string> Patterns { get; } = FindPatterns();

    /// <summary><c>74|75|…</c> for <c>case</c> in a shell.</summary>
    internal static string ShellAgain { get; } = Join("|", Again);

    internal static string Join(string separator, int[] codes) =>
        string.Join(separator, Array.ConvertAll(codes, static code => code.ToString(CultureInfo.InvariantCulture)));

    private static int[] Select(bool isRetryable)
    {
        var codes = new List<int>();
        foreach (ExitCodeInfo row in ExitCodes.All)
            if (row.Code != ExitCode.Ok && row.IsRetryable == isRetryable) codes.Add((int)row.Code);
        if (isRetryable) codes.Add(Killed);
        codes.Sort();
        return [.. codes];
    }

    /// <summary>Index of the last code in a run of consecutive <see cref="Never"/> codes: 64, 65, 66 are one range.</summary>
    internal static int FindEndOfRange(int index)
    {
        while (index + 1 < Never.Length && Never[index + 1] == Never[index] + 1) index++;
        return index;
    }

    private static List<string> FindPatterns()
    {
        var patterns = new List<string>();
        foreach (int code in Again)
        {
            string digits = code.ToString(CultureInfo.InvariantCulture);
            string pattern = digits;
            for (int length = digits.Length - 1; length > 0 && !IsBeginningOfOther(digits[..length]); length--)
                pattern = digits[..length] + "*";
            if (!patterns.Contains(pattern)) patterns.Add(pattern);
        }

        return patterns;
    }

    private static bool IsBeginningOfOther(string digits)
    {
        foreach (int code in Never)
            if (code.ToString(CultureInfo.InvariantCulture).StartsWith(digits, StringComparison.Ordinal)) return true;
        return false;
    }
}
