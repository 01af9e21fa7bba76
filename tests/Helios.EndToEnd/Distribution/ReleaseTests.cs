using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>What tools/release.sh makes: archives, digests, bill of materials, manual pages. Packages have tests of their own.</summary>
[ClassDataSource<NativeBinary, ReleaseFiles>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Timeout(180_000)]
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseTests(NativeBinary helios, ReleaseFiles release)
{
    private static readonly (string Shell, string File)[] s_completions =
    [
        ("bash", "bash-completion/completions/helios"),
        ("zsh", "zsh/site-functions/_helios"),
        ("fish", "fish/vendor_completions.d/helios.fish"),
        ("powershell", "helios/completions.ps1"),
    ];

    [Test]
    public async Task Every_platform_has_an_archive_with_program_licence_manual_and_completions()
    {
        foreach (string rid in ReleaseFiles.Rids)
        {
            using var directory = new TestDirectory();
            bool isWindows = rid == "win-x64";
            string top = await release.UnpackAsync($"helios-{release.Version}-{rid}{(isWindows ? ".zip" : ".tar.gz")}", directory);
            string program = Path.Combine(top, "bin", isWindows ? "helios.exe" : "helios");
            string built = rid.StartsWith("linux", StringComparison.Ordinal)
                ? Repository.Published(rid)
                : Path.Combine(release.Binaries, rid, Path.GetFileName(program));

            await Assert.That(await ReleaseFiles.AreEqualAsync(program, built)).IsTrue();
            await Assert.That(File.GetUnixFileMode(program) & UnixFileMode.OtherExecute).IsEqualTo(UnixFileMode.OtherExecute);
            await Assert
                .That(await File.ReadAllTextAsync(Path.Combine(top, "share/doc/helios/LICENSE")))
                .IsEqualTo(await File.ReadAllTextAsync(Repository.PathOf("LICENSE")));
            await Assert.That(await File.ReadAllTextAsync(Path.Combine(top, "share/doc/helios/THIRD-PARTY-NOTICES"))).Contains(".NET");
            await Assert
                .That(Directory.GetFiles(Path.Combine(top, "share/man/man1")).Length)
                .IsEqualTo(HelpTests.CommandsAndProgram().Count());
            foreach ((string shell, string file) in s_completions)
            {
                await Assert
                    .That(await File.ReadAllTextAsync(Path.Combine(top, "share", file)))
                    .IsEqualTo((await helios.Run("completions", shell)).Succeeded().Stdout);
            }
        }
    }

    [Test]
    public async Task The_digests_name_every_file_and_hold()
    {
        RunResult check = await Tool.Run("sha256sum", "coreutils", "--check", "--strict", "SHA256SUMS").In(release.Folder);
        string[] listed = [.. File.ReadLines(release.PathOf("SHA256SUMS")).Select(line => line[66..])];

        await Assert.That(check.Succeeded().Stderr).IsEmpty();
        await Assert
            .That(listed)
            .IsEquivalentTo(Directory.GetFiles(release.Folder).Select(file => Path.GetFileName(file)).Where(name => name != "SHA256SUMS"));
    }

    [Test]
    public async Task A_second_run_gives_the_same_bytes()
    {
        using var directory = new TestDirectory();
        ProcessRun again = release.MakeAsync(directory.PathOf("again")).In(directory).WithEnvironment("TMPDIR", directory.Path)
            .WithEnvironment("TZ", "Asia/Tokyo").WithEnvironment("LC_ALL", "C.UTF-8").Under("sh", "-c", "umask 077; exec \"$@\"", "sh");

        (await again).Succeeded();

        await Assert.That(directory.Read("again/SHA256SUMS")).IsEqualTo(await File.ReadAllTextAsync(release.PathOf("SHA256SUMS")));
    }

    [Test]
    public async Task The_bill_of_materials_fits_its_schema_and_names_what_is_linked()
    {
        using var directory = new TestDirectory();
        string file = release.PathOf($"helios-{release.Version}.cdx.json");
        JsonObject bill = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        string[] names = [.. bill["components"]!.AsArray().Select(component => (string)component!["name"]!)];
        string wrong = directory.Write(
            "wrong.json",
            (await File.ReadAllTextAsync(file)).Replace("\"library\"", "\"librarian\"", StringComparison.Ordinal));

        await Assert.That(await LintAsync("cyclonedx", file)).IsEmpty();
        await Assert.That(await LintAsync("cyclonedx", wrong)).Contains("/type");
        await Assert.That(names).Contains("ConsoleAppFramework");
        await Assert.That(names).Contains("libc6-dev");
        await Assert
            .That(names.Count(name => name.StartsWith("Microsoft.NETCore.App.Runtime.NativeAOT.", StringComparison.Ordinal)))
            .IsEqualTo(ReleaseFiles.Rids.Length);
        await Assert
            .That(
                bill["components"]!
                    .AsArray()
                    .Where(component => component!["version"] is JsonValue version && !char.IsDigit(version.ToString()[0])))
            .IsEmpty();
        foreach (JsonNode? archive in bill["components"]!.AsArray().Where(component => (string)component!["type"]! == "file"))
        {
            await Assert
                .That(await File.ReadAllTextAsync(release.PathOf("SHA256SUMS")))
                .Contains($"{archive!["hashes"]![0]!["content"]}  {archive["name"]}\n");
        }
    }

    [Test]
    public async Task Manual_pages_have_the_help_and_no_mistakes()
    {
        using var directory = new TestDirectory();
        string pages = Path.Combine(await release.UnpackAsync(release.HostArchive, directory), "share", "man", "man1");
        RunResult lint = await Tool.Run("mandoc", "mandoc", ["-T", "lint", "-W", "warning", .. Directory.GetFiles(pages)]);
        RunResult page = await Tool.Run("mandoc", "mandoc", "-T", "utf8", "-O", "width=1000", Path.Combine(pages, "helios-show-chunk.1"));
        string text = page.Succeeded().Stdout.Replace("\b", "", StringComparison.Ordinal);

        await Assert.That(lint.Stdout).IsEmpty();
        await Assert.That(lint.ExitCode).IsEqualTo(0);
        foreach (string command in HelpTests.CommandsAndProgram())
        {
            string name = (command == "helios" ? "" : "helios-") + command.Replace(' ', '-') + ".1";
            string manual = await File.ReadAllTextAsync(Path.Combine(pages, name));
            string[] words = command == "helios" ? ["--help"] : [.. command.Split(' '), "--help"];
            string help = (await helios.Run(words)).Succeeded().Stdout;
            string[] options =
            [
                .. help.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries)
                    .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2),
            ];
            await Assert
                .That(
                    options.Where(option =>
                        !manual.Contains(option.Replace("-", "\\-", StringComparison.Ordinal), StringComparison.Ordinal)))
                .IsEmpty()
                .Because(name);
        }

        await Assert.That(text).Contains("Which chunk, from 0 [default: HELIOS_CHUNK_INDEX, else the variable of the batch engine]");
    }

    [Test]
    public async Task What_works_on_every_host_works_here() =>
        await Assert
            .That((await Tool.Run("bash", "bash", Repository.PathOf("tools", "smoke.sh"), helios.Path)).Succeeded().Stdout)
            .EndsWith("all well\n");

    [Test]
    public async Task The_address_of_the_project_stands_in_one_place()
    {
        string properties = await File.ReadAllTextAsync(Repository.PathOf("src", "Directory.Build.props"));
        string host = properties.Split("<PackageProjectUrl>https://")[1].Split("</")[0].Split('/')[0];

        RunResult files = await Tool.Run("git", "git", "grep", "--files-with-matches", "--fixed-strings", "--untracked", host)
            .In(Repository.Root);

        await Assert.That(files.Stdout).IsEqualTo("src/Directory.Build.props\n");
    }

    [Test]
    [Arguments("--frobnicate", "release.sh: release.sh has no option \"--frobnicate\": see the top of the script\n")]
    public async Task A_wrong_option_makes_nothing(string option, string message)
    {
        using var directory = new TestDirectory();

        RunResult result = await release.MakeAsync(directory.PathOf("out"), option);

        await Assert.That(result.Stderr).IsEqualTo(message);
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(Directory.Exists(directory.PathOf("out"))).IsFalse();
    }

    private static async Task<string> LintAsync(string kind, params string[] files) =>
        (await Tool.Run("node", "nodejs npm", [Path.Combine(Repository.Project, "node", "check-documents.js"), kind, .. files]))
            .Succeeded()
            .Stdout;
}
