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
    private static readonly string s_source = Repository.PathOf("src", "Helios");

    [Test]
    [Arguments("Jobs", "", DisplayName = "Jobs use nothing of ours")]
    [Arguments("Os", "", DisplayName = "Os uses nothing of ours")]
    [Arguments("Plan", "Jobs", DisplayName = "Plan uses Jobs")]
    [Arguments("Adapters", "Jobs", DisplayName = "Adapters use Jobs")]
    [Arguments("Render", "Jobs Os", DisplayName = "Render uses Jobs and Os")]
    [Arguments("Merge", "Jobs Os", DisplayName = "Merge uses Jobs and Os")]
    [Arguments("Run", "Jobs Os Render Merge", DisplayName = "Run uses Jobs, Os, Render and Merge")]
    public async Task A_folder_uses_only_what_it_may(string folder, string allowed)
    {
        string[] names = [folder, .. allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        IEnumerable<string> wrong = Files(folder).SelectMany(file => Usings(file)
            .Where(name => name.StartsWith("Helios.", StringComparison.Ordinal) && !names.Contains(name.Split('.')[1]))
            .Select(name => $"{Path.GetRelativePath(s_source, file)} uses {name}"));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    [Arguments("Jobs", "Os Plan Adapters Render Merge Run Cli", DisplayName = "Jobs name nothing of ours")]
    [Arguments("Os", "Jobs Plan Adapters Render Merge Run Cli", DisplayName = "Os names nothing of ours")]
    [Arguments("Plan", "Os Adapters Render Merge Run Cli", DisplayName = "Plan names Jobs")]
    [Arguments("Adapters", "Os Plan Render Merge Run Cli", DisplayName = "Adapters name Jobs")]
    [Arguments("Render", "Plan Adapters Merge Run Cli", DisplayName = "Render names Jobs and Os")]
    [Arguments("Merge", "Plan Adapters Render Run Cli", DisplayName = "Merge names Jobs and Os")]
    [Arguments("Run", "Plan Adapters Cli", DisplayName = "Run names Jobs, Os, Render and Merge")]
    public async Task A_folder_names_nothing_else_without_a_using_either(string folder, string forbidden)
    {
        var name = new Regex($@"(?<![\w.""/])(Helios\.)?({forbidden.Replace(' ', '|')})\.[A-Z]");

        IEnumerable<string> wrong = Files(folder).Where(file => name.IsMatch(CodeOf(file)));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task Only_Cli_and_the_program_name_the_command_line_framework()
    {
        IEnumerable<string> wrong = Files("").Where(file => !IsIn(file, "Cli") && Path.GetFileName(file) != "Program.cs" && CodeOf(file).Contains("ConsoleApp", StringComparison.Ordinal));

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    public async Task Only_the_program_uses_Cli()
    {
        IEnumerable<string> wrong = Files("").Where(file => !IsIn(file, "Cli") && Path.GetFileName(file) != "Program.cs" && CodeOf(file).Contains("Helios.Cli", StringComparison.Ordinal));

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
        IEnumerable<string> tests = Directory.EnumerateFiles(Repository.PathOf("tests", "Helios.Tests"), "*.cs", SearchOption.AllDirectories).Where(IsSource);

        await Assert.That(string.Join('\n', Files("").Concat(tests).Where(file => File.ReadLines(file).Count() > 400))).IsEqualTo("");
    }

    /// <summary>Somebody may set the wall clock back at any moment: all waiting and measuring is by the monotonic one.</summary>
    [Test]
    public async Task Only_the_age_of_leftovers_is_read_from_the_wall_clock()
    {
        var clock = new Regex(@"\b(DateTime|DateTimeOffset|TimeProvider|TickCount64?|GetLastWriteTime|GetCreationTime|LastWriteTime)\w*");

        IEnumerable<string> readers = Files("").Where(file => clock.IsMatch(CodeOf(file))).Select(file => Path.GetRelativePath(s_source, file));

        // PageReads only compares stamps of one file with each other
        await Assert.That(readers.Except(["Os/Leftover.cs", "Render/PageReads.cs"])).IsEmpty();
    }

    [Test]
    public async Task The_sources_are_found() => await Assert.That(Files("").Count()).IsGreaterThan(40);

    private static IEnumerable<string> Files(string folder)
    {
        string path = Path.Combine(s_source, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Where(IsSource) : [];
    }

    private static bool IsSource(string file) =>
        !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);

    private static bool IsIn(string file, string folder) =>
        file.StartsWith(Path.Combine(s_source, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Usings(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith("using ", StringComparison.Ordinal))
        .Select(line => line["using ".Length..].TrimEnd(';').Replace("static ", "", StringComparison.Ordinal).Split('=')[^1].Trim());

    /// <summary>A file without its comments, which may name anything.</summary>
    private static string CodeOf(string file) =>
        string.Join('\n', File.ReadLines(file).Select(line => line.Split("//")[0]));
}
