using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Tests.Support;

namespace Helios.Tests;

/// <summary>
/// docs/troubleshooting.md against the sources, both ways: its messages are messages of the program with the exit code of their
/// section, and what the program throws with those codes is there.
/// </summary>
internal sealed partial class TroubleshootingTests
{
    private const int Near = 1200; // characters around a message in which its exit code stands

    private static readonly string s_source = Repository.PathOf("src", "Helios");
    private static readonly string[] s_program = [.. Texts("*.cs")];
    private static readonly string[] s_scripts = [.. Texts("*.js")];

    /// <summary>Messages of the document, by the number in the heading above them.</summary>
    public static IEnumerable<(int Code, string Message)> Documented()
    {
        int code = 0;
        foreach (string line in File.ReadLines(Repository.PathOf("docs", "troubleshooting.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) code = int.TryParse(line[3..].Split(':')[0], out int number) ? number : 0;
            if (code == 0 || !line.StartsWith("| `", StringComparison.Ordinal)) continue;
            yield return (code, line[3..line.IndexOf("` |", StringComparison.Ordinal)]);
        }
    }

    [Test]
    [MethodDataSource(nameof(Documented))]
    public async Task A_documented_message_is_one_of_the_program_with_its_exit_code(int code, string message)
    {
        string[] parts = PartsOf(message.Split('…'));
        bool isKnown = s_program.Any(text => IsIn(text, parts, (ExitCode)code))
            || (code == (int)ExitCode.Invalid && s_scripts.Any(text => IndexOf(text, parts) >= 0));

        await Assert.That(isKnown).IsTrue().Because($"no source has \"{message}\" with {(ExitCode)code}: correct docs/troubleshooting.md");
    }

    [Test]
    public async Task Every_message_of_the_program_is_documented()
    {
        string[] documented = [.. Documented().Select(entry => $"{entry.Code} {entry.Message}")];
        IEnumerable<(int Code, string Text)> thrown = s_program.SelectMany(text => ThrowPattern().Matches(text))
            .Select(match => ((int)Enum.Parse<ExitCode>(match.Groups[1].Value), match.Groups[2].Value))
            .Where(error => error.Item1 is not ((int)ExitCode.Usage or (int)ExitCode.Internal));
        IEnumerable<(int Code, string Text)> refused = s_scripts.SelectMany(text => RefusePattern().Matches(text))
            .Select(match => ((int)ExitCode.Invalid, match.Groups[1].Value));

        string[] missing =
        [
            .. thrown
                .Concat(refused)
                .Where(error =>
                    PartsOf(HolePattern().Split(error.Text.Replace("\\\"", "\"", StringComparison.Ordinal))) is { Length: > 0 } parts
                    && !documented.Any(entry => entry.StartsWith($"{error.Code} ", StringComparison.Ordinal) && IndexOf(entry, parts) >= 0))
                .Select(error => $"{error.Code} {error.Text}")
                .Distinct(),
        ];

        await Assert.That(missing).IsEmpty().Because(string.Join('\n', missing));
        await Assert.That(thrown.Count()).IsGreaterThan(80);
        await Assert.That(refused.Count()).IsGreaterThan(10);
    }

    private static bool IsIn(string text, string[] parts, ExitCode code)
    {
        for (int at = IndexOf(text, parts); at >= 0; at = IndexOf(text, parts, at + 1))
        {
            string near = text[Math.Max(0, at - Near)..Math.Min(text.Length, at + Near)];
            int statement = text.LastIndexOfAny([';', '{', '}'], at);
            MatchCollection own = CodePattern().Matches(text[(statement + 1)..at]);
            if (own.Count == 0 ? near.Contains($"ExitCode.{code}", StringComparison.Ordinal) : own[^1].Groups[1].Value == $"{code}")
                return true;
        }

        return false;
    }

    /// <summary>Where the first part is, if the others follow it in the same message.</summary>
    private static int IndexOf(string text, string[] parts, int from = 0)
    {
        for (
            int start = text.IndexOf(parts[0], from, StringComparison.Ordinal);
            start >= 0;
            start = text.IndexOf(parts[0], start + 1, StringComparison.Ordinal))
        {
            int at = start;
            foreach (string part in parts)
                at = at < 0 ? at : text.IndexOf(part, at, Math.Min(400, text.Length - at), StringComparison.Ordinal);
            if (at >= 0) return start;
        }

        return -1;
    }

    /// <summary>What is left between the values, without what is too short to tell one message from another.</summary>
    private static string[] PartsOf(string[] texts) => [.. texts.Select(text => text.Trim()).Where(text => text.Count(char.IsLetter) > 1)];

    /// <summary>Without the table of exit codes, whose names are no messages.</summary>
    private static IEnumerable<string> Texts(string pattern) => Directory.EnumerateFiles(s_source, pattern, SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "ExitCodes.cs")
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Select(path => JoinPattern().Replace(File.ReadAllText(path).Replace("\\\"", "\"", StringComparison.Ordinal), ""));

    [GeneratedRegex(
        """(?:HeliosException|new)\(\s*ExitCode\.(\w+),\s*(?:string\.Create\(CultureInfo\.InvariantCulture,\s*|FormattableString\.Invariant\(\s*)?\$?"((?:[^"\n]|(?<=\{[^}\n]*)"|"(?=\{)|(?<=\})")*)",?\s"""
    )]
    private static partial Regex ThrowPattern();

    [GeneratedRegex("""[`"] \+\s+[`"](?=[^\n]*[`"],?\n)""")] // one message over several lines of a script
    private static partial Regex JoinPattern();

    [GeneratedRegex("""refuse\(\s*[`"]((?:[^`"\n])+)""")]
    private static partial Regex RefusePattern();

    [GeneratedRegex(@"\$?\{[^{}]*(\}|$)|"", .*$")] // also where the text of the source was cut off
    private static partial Regex HolePattern();

    [GeneratedRegex(@"ExitCode\.(\w+)")]
    private static partial Regex CodePattern();
}
