using System;
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads single values of a job spec. An invalid value becomes a problem with its path, and reading continues.</summary>
internal static class JobValues
{
    /// <summary>Longest path or URL, in characters: Linux's PATH_MAX.</summary>
    internal const int MaxPathLength = 4096;

    internal const string ExpectedDigest = "sha256: and 64 lower-case hex digits";

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Members with this prefix belong to the user: allowed in every object, ignored by helios.</summary>
    internal static bool IsUserMember(string name) => name.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>A whole number in a range; otherwise null and a problem.</summary>
    internal static long? ReadInteger(ref JsonTokens tokens, JobProblems problems, string path, long least, long most)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out long value) && value >= least && value <= most) return value;
        Report(ref tokens, problems, path, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return null;
    }

    internal static decimal? ReadDecimal(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetDecimal(out decimal value)) return value;
        Report(ref tokens, problems, path, "a number");
        return null;
    }

    internal static bool? ReadBoolean(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type is JsonTokenType.True or JsonTokenType.False) return tokens.Type == JsonTokenType.True;
        Report(ref tokens, problems, path, "true or false");
        return null;
    }

    /// <summary>Whether a text is <see cref="ExpectedDigest"/>.</summary>
    internal static bool IsDigest(string text) =>
        text.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal)
        && text.AsSpan(7).IndexOfAnyExcept(s_hexDigits) < 0;

    internal static string? ReadString(ref JsonTokens tokens, JobProblems problems, string path, int maxLength = MaxPathLength)
    {
        if (tokens.Type == JsonTokenType.String && tokens.GetText() is { Length: > 0 } text && text.Length <= maxLength) return text;
        Report(ref tokens, problems, path, string.Create(CultureInfo.InvariantCulture, $"a string of 1 to {maxLength} characters"));
        return null;
    }

    /// <summary>Adds "$path is …, expected …" and skips the value.</summary>
    internal static void Report(ref JsonTokens tokens, JobProblems problems, string path, string expected)
    {
        string found = tokens.Describe();
        problems.Add(path, $"{path} is {found}, expected {expected}", "fix the value, or write the spec again with helios export-job");
        if (tokens.Type is JsonTokenType.StartObject or JsonTokenType.StartArray) JsonCopy.CopyValue(ref tokens, null);
    }

    /// <summary>For an unknown member: skips the user's own, reports others with the nearest known name.</summary>
    internal static void SkipUnknown(ref JsonTokens tokens, JobProblems problems, string path, string name, string[] known)
    {
        if (!IsUserMember(name))
        {
            problems.Add(path, $"there is no member {path}{NearestName.Hint(name, known)}",
                "remove it, or begin its name with x- if it is your own");
        }

        tokens.Read();
        JsonCopy.CopyValue(ref tokens, null);
    }

    /// <summary>Reports each name of <paramref name="required"/> that is not in <paramref name="seen"/>.</summary>
    internal static void ReportMissing(JobProblems problems, string parent, string[] required, Func<string, bool> seen)
    {
        foreach (string name in required)
        {
            if (!seen(name))
                problems.Add($"{parent}.{name}", $"{parent}.{name} is missing", "add it, or write the spec again with helios export-job");
        }
    }
}
