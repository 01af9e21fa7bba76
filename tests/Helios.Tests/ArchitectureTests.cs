using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests;

/// <summary>Holds the direction of dependency of docs/architecture.md by reading the sources.</summary>
internal sealed class ArchitectureTests
{
    private const int MostFiles = 22; // about 20; docs/architecture.md names those above

    private static readonly string s_source = Repository.PathOf("src", "Helios");

    /// <summary>Each room uses the rooms before it; docs/architecture.md has the picture.</summary>
    private static readonly string[] s_rooms =
    [
        "Errors", "Text", "Os", "Jobs", "Plan", "Transfer", "Media", "Ffmpeg", "Browser", "Page", "Capture", "Render", "Merge", "Progress",
        "Run", "Adapters", "Cli",
    ];

    public static IEnumerable<string> Rooms() => s_rooms;

    [Test]
    public async Task Every_room_is_known()
    {
        IEnumerable<string> rooms = Directory
            .EnumerateDirectories(s_source)
            .Select(path => Path.GetFileName(path))
            .Where(name => name is not ("bin" or "obj"));

        await Assert.That(rooms).IsEquivalentTo(s_rooms);
    }

    [Test]
    [MethodDataSource(nameof(Rooms))]
    public async Task A_room_uses_only_those_before_it(string room)
    {
        string[] later = s_rooms[(Array.IndexOf(s_rooms, room) + 1)..];
        var name = new Regex($@"(?<![\w.""/])Helios\.({string.Join('|', later.Append("None"))})\b");

        IEnumerable<string> wrong = Files(room)
            .SelectMany(file => name.Matches(CodeOf(file)).Select(match => $"{Path.GetRelativePath(s_source, file)} uses {match.Value}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>A name of another room in front of a type needs no using.</summary>
    [Test]
    [MethodDataSource(nameof(Rooms))]
    public async Task A_room_names_nothing_of_later_ones_without_a_using_either(string room)
    {
        string[] later = s_rooms[(Array.IndexOf(s_rooms, room) + 1)..];
        string types = string.Join('|', later.SelectMany(Files).Select(file => Path.GetFileNameWithoutExtension(file)).Append("None"));
        var name = new Regex($@"(?<![\w.""/])({string.Join('|', later.Append("None"))})\.({types})\b");

        IEnumerable<string> wrong = Files(room).Where(file => name.IsMatch(CodeOf(file)));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task No_folder_has_more_files_than_fit_on_a_screen()
    {
        IEnumerable<string> full = Files("")
            .Concat(Scripts())
            .GroupBy(file => Path.GetRelativePath(s_source, Path.GetDirectoryName(file)!))
            .Where(folder => folder.Count() > MostFiles)
            .Select(folder => $"{folder.Key} has {folder.Count()} files");

        await Assert.That(string.Join('\n', full)).IsEqualTo("");
    }

    [Test]
    public async Task Only_Cli_and_the_program_name_the_command_line_framework()
    {
        IEnumerable<string> wrong = Files("")
            .Where(file =>
                !IsIn(file, "Cli")
                && Path.GetFileName(file) != "Program.cs"
                && CodeOf(file).Contains("ConsoleApp", StringComparison.Ordinal));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task Only_the_program_uses_Cli()
    {
        IEnumerable<string> wrong = Files("")
            .Where(file =>
                !IsIn(file, "Cli")
                && Path.GetFileName(file) != "Program.cs"
                && CodeOf(file).Contains("Helios.Cli", StringComparison.Ordinal));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task A_namespace_is_its_folder()
    {
        IEnumerable<string> wrong = Files("").Where(file => Path.GetFileName(file) != "Program.cs").Where(file =>
        {
            string folder = Path.GetRelativePath(s_source, Path.GetDirectoryName(file)!).Replace('/', '.');
            return !File.ReadLines(file).Contains(folder == "." ? "namespace Helios;" : $"namespace Helios.{folder};");
        });

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task No_file_is_longer_than_400_lines()
    {
        await Assert
            .That(string.Join('\n', Files("").Concat(Scripts()).Concat(Tests()).Where(file => File.ReadLines(file).Count() > 400)))
            .IsEqualTo("");
    }

    /// <summary>But for help texts, which the framework takes from comments, and the shell of a document.</summary>
    [Test]
    public async Task No_line_is_longer_than_140_columns()
    {
        IEnumerable<string> wrong = Files("")
            .SelectMany(file =>
                File.ReadLines(file)
                    .Where(line =>
                        line.Length > 140
                        && !(IsIn(file, "Cli") && line.TrimStart().StartsWith("///", StringComparison.Ordinal))
                        && !line.Contains("=$(aws batch", StringComparison.Ordinal))
                    .Select(line => $"{Path.GetRelativePath(s_source, file)}: {line.Trim()}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>But for a regular expression, which cannot be broken.</summary>
    [Test]
    public async Task No_line_of_a_script_is_longer_than_140_columns()
    {
        var expression = new Regex("^/[^ ]*/i?[;,]$");

        IEnumerable<string> wrong = Scripts()
            .SelectMany(file =>
                File.ReadLines(file)
                    .Where(line => line.Length > 140 && !expression.IsMatch(line.Trim()))
                    .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>But for tables and what a terminal shows.</summary>
    [Test]
    public async Task No_line_of_a_document_is_longer_than_140_columns()
    {
        IEnumerable<string> files = Directory
            .EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat([Repository.PathOf("README.md"), Repository.PathOf("CONTRIBUTING.md"), Repository.PathOf("RELEASE.md")]);

        IEnumerable<string> wrong = files.SelectMany(file =>
            LinesOutsideOfFences(file)
                .Where(line => line.Length > 140 && !line.StartsWith('|') && !line.StartsWith("    ", StringComparison.Ordinal))
                .Select(line => $"{Path.GetFileName(file)}: {line}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>But for one literal, such as a whole message that is expected, and for what is no C#: raw strings.</summary>
    [Test]
    public async Task No_line_of_a_test_is_longer_than_140_columns()
    {
        var literal = new Regex("""^(\+ |\? |: |=> )?[$@]*".*"( \+ [\w.]+)?[),;\]]*$""");
        var severalLiterals = new Regex("""(?<![\\"])"(,| \+) [$@]*["]""");

        IEnumerable<string> wrong = Tests()
            .SelectMany(file =>
                LinesOutsideOfRawStrings(file)
                    .Where(line => line.Length > 140 && (!literal.IsMatch(line.Trim()) || severalLiterals.IsMatch(line)))
                    .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>The wall clock may be set back at any moment: all waiting and measuring is by the monotonic one.</summary>
    [Test]
    public async Task Only_the_age_of_leftovers_is_read_from_the_wall_clock()
    {
        var clock = new Regex(@"\b(DateTime|DateTimeOffset|TimeProvider|TickCount64?|GetLastWriteTime|GetCreationTime|LastWriteTime)\w*");

        IEnumerable<string> readers = Files("")
            .Where(file => clock.IsMatch(CodeOf(file)))
            .Select(file => Path.GetRelativePath(s_source, file));

        // PageReads only compares stamps of one file with each other; RenderArguments reads --creation-time now, FileMetadata counts days
        await Assert
            .That(
                readers.Except([
                    "Os/Files/Leftover.cs", "Page/Requests/PageReads.cs", "Cli/Options/RenderArguments.cs", "Jobs/Encode/FileMetadata.cs",
                ]))
            .IsEmpty();
    }

    /// <summary>Each links parts of the runtime that nothing else of helios uses, 40 to 190 KB (docs/decisions/0003).</summary>
    [Test]
    public async Task Nothing_names_what_the_binary_is_without()
    {
        var name = new Regex(
            @"\b(Sorted(Set|List|Dictionary)|Order(By\w*)?\(|System\.Console|StreamReader|ReadAllText|WriteAllText|File\.ReadLines|DateTime\.Now|DateTimeOffset|TimeZoneInfo)"
        );

        IEnumerable<string> wrong = Files("").Where(file => name.IsMatch(CodeOf(file)));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task The_sources_are_found()
    {
        await Assert.That(Files("").Count()).IsGreaterThan(40);
        await Assert.That(Scripts().Count()).IsGreaterThan(20);
    }

    private static IEnumerable<string> Files(string folder)
    {
        string path = Path.Combine(s_source, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Where(IsSource) : [];
    }

    /// <summary>What runs in a page.</summary>
    private static IEnumerable<string> Scripts() =>
        Directory
            .EnumerateFiles(s_source, "*.*", SearchOption.AllDirectories)
            .Where(file => IsSource(file) && Path.GetExtension(file) is ".js" or ".html");

    private static IEnumerable<string> Tests() =>
        Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Where(IsSource);

    /// <summary>A raw string of several lines begins at the end of a line, and ends at the start of one.</summary>
    private static IEnumerable<string> LinesOutsideOfRawStrings(string file)
    {
        var opening = new Regex("""(^|[\s(\[])\$*"{3,}\s*$""");
        bool isInside = false;
        foreach (string line in File.ReadLines(file))
        {
            bool isEnd = isInside && line.TrimStart().StartsWith("\"\"\"", StringComparison.Ordinal);
            if (!isInside || isEnd) yield return line;
            isInside = isInside ? !isEnd : opening.IsMatch(line);
        }
    }

    private static IEnumerable<string> LinesOutsideOfFences(string file)
    {
        bool isInside = false;
        foreach (string line in File.ReadLines(file))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) isInside = !isInside;
            else if (!isInside) yield return line;
        }
    }

    private static bool IsSource(string file) =>
        !file.Contains("/obj/", StringComparison.Ordinal)
        && !file.Contains("/bin/", StringComparison.Ordinal)
        && !file.Contains("/node_modules/", StringComparison.Ordinal);

    private static bool IsIn(string file, string folder) =>
        file.StartsWith(Path.Combine(s_source, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Usings(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith("using ", StringComparison.Ordinal))
        .Select(line => line["using ".Length..].TrimEnd(';').Replace("static ", "", StringComparison.Ordinal).Split('=')[^1].Trim());

    /// <summary>A file without its comments, which may name anything.</summary>
    private static string CodeOf(string file) =>
        string.Join('\n', File.ReadLines(file).Select(line => line.Split("//")[0]));
}
