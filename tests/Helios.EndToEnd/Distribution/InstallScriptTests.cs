using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>
/// install.sh of the release, run by sh as an ordinary user would, from a directory or a web server with the release's files.
/// </summary>
[ClassDataSource<NativeBinary, ReleaseFiles, OlderBrowser>(
    Shared = [SharedType.PerTestSession, SharedType.PerTestSession, SharedType.PerTestSession])]
[Timeout(180_000)]
[UnsupportedOSPlatform("windows")]
public sealed class InstallScriptTests(NativeBinary helios, ReleaseFiles release, OlderBrowser older)
{
    [Test]
    public async Task It_installs_from_a_web_server_for_one_user_and_says_what_is_missing()
    {
        using var directory = new TestDirectory();
        using var server = new WebServer();
        foreach (string name in (string[])["install.sh", "SHA256SUMS", release.HostArchive])
            server.Add("/r/" + name, await File.ReadAllBytesAsync(release.PathOf(name)));

        RunResult result = await Shell(directory, "curl -fsSL \"$1/install.sh\" | sh -s -- --from \"$1\"", server.UrlOf("/r"));

        string program = directory.PathOf(".local/bin/helios");
        string version = (await helios.Run("--version")).Succeeded().Stdout;
        await Assert
            .That(result.Succeeded().Stderr)
            .StartsWith(
                $"{version.TrimEnd()} → {program}\nThat directory is not on PATH: add it with  export PATH=\"{directory.Path}/.local/bin:$PATH\"\n"
            );
        await Assert.That((await new ProcessRun(program, ["--version"])).Succeeded().Stdout).IsEqualTo(version);
        await Assert.That(File.Exists(directory.PathOf(".local/share/man/man1/helios-render.1"))).IsTrue();
        await Assert.That(Directory.GetFileSystemEntries(directory.PathOf(".local/bin")).Length).IsEqualTo(1);
        await Assert.That(Directory.GetFileSystemEntries(directory.PathOf("temporary"))).IsEmpty();
    }

    [Test]
    public async Task It_says_how_to_get_browser_and_ffmpeg()
    {
        using var directory = new TestDirectory();
        // a PATH with what the script itself needs
        (
            await Tool.Run(
                    "sh", "dash", "-c",
                    "mkdir tools && for tool in awk cat chmod cp cut dirname mkdir mktemp mv rm sed sha256sum tar gzip uname id; do ln -s \"$(command -v $tool)\" tools/; done"
                )
                .In(directory)
        ).Succeeded();

        RunResult result = await Script(directory, "--from", release.Folder)
            .WithEnvironment("PATH", directory.PathOf("tools"))
            .WithEnvironment("HELIOS_BROWSER", "");

        await Assert
            .That(result.Succeeded().Stderr)
            .Contains("\nTo render, it needs chromium-headless-shell and ffmpeg:\n  there is no program \"ffmpeg\" (PATH)\n");
        await Assert.That(result.Stderr).EndsWith("Then helios doctor says whether all is well.\n");
    }

    [Test]
    public async Task It_says_which_of_them_are_there()
    {
        using var directory = new TestDirectory();

        RunResult result = await Script(directory, "--from", release.Folder);

        await Assert
            .That(result.Succeeded().Stderr)
            .Matches("\nTo render, it takes /[^\n]*shell, installed, and /[^\n]*ffmpeg, version [^\n]*: helios doctor tries them\\.\n$");
    }

    [Test]
    [Arguments(OlderBrowser.Version,
        "\nTo render, it takes HOME/.cache/[^\n]*, downloaded by Puppeteer, and /[^\n]*: helios doctor tries them\\.\n$")]
    [Arguments("140.0.7339.207",
        "\nTo render, it needs [^\n]*:\n  there is no browser that will do: it is version 140, and helios needs 143 or later [^\n]*\n")]
    public async Task It_looks_where_helios_looks(string version, string said)
    {
        using HiddenBrowser home = await HiddenBrowser.PrepareAsync(helios);
        home.AddPuppeteer(".cache/puppeteer", version, older.Path);

        RunResult result = await home.Hide(Script(home.Directory, "--from", release.Folder));

        await Assert.That(result.Succeeded().Stderr).Matches(said.Replace("HOME", home.Directory.Path, StringComparison.Ordinal));
    }

    [Test]
    public async Task It_replaces_an_older_one_where_it_is_told_to()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("opt/bin");
        directory.Write("opt/bin/helios", "old");

        RunResult result = await Script(directory, "--from=" + release.Folder, "--prefix", "opt");

        await Assert.That(result.Succeeded().Stderr).Contains($" → {directory.PathOf("opt/bin/helios")}\n");
        await Assert.That(await ReleaseFiles.AreEqualAsync(directory.PathOf("opt/bin/helios"), helios.Path)).IsTrue();
    }

    [Test]
    public async Task A_wrong_digest_installs_nothing()
    {
        using var directory = MakeMirror();
        await using (FileStream archive = File.Open(directory.PathOf("mirror", release.HostArchive), FileMode.Append)) archive.WriteByte(0);

        RunResult result = await Script(directory, "--from", directory.PathOf("mirror"));

        await Assert
            .That(result.Stderr)
            .Matches(
                $"^helios install: the SHA-256 of {release.HostArchive} is [0-9a-f]{{64}}, and SHA256SUMS says [0-9a-f]{{64}}: the download is incomplete or was changed; nothing was installed\n$"
            );
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task An_interrupted_download_keeps_what_was_there()
    {
        using var directory = MakeMirror();
        using var server = new WebServer();
        byte[] archive = await File.ReadAllBytesAsync(release.PathOf(release.HostArchive));
        server.Add("/SHA256SUMS", await File.ReadAllBytesAsync(release.PathOf("SHA256SUMS")));
        server.Add("/" + release.HostArchive, archive[..(archive.Length / 2)], $"200 OK\r\nContent-Length: {archive.Length}");
        directory.CreateFolder(".local/bin");
        directory.Write(".local/bin/helios", "old");

        RunResult result = await Script(directory, "--from", server.UrlOf(""));

        await Assert
            .That(result.Stderr)
            .Contains(
                $"helios install: the download of {server.UrlOf("/" + release.HostArchive)} failed or was interrupted (exit code 18); nothing was installed, run this again\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(directory.Read(".local/bin/helios")).IsEqualTo("old");
        await Assert.That(Directory.GetFileSystemEntries(directory.PathOf("temporary"))).IsEmpty();
    }

    [Test]
    [Arguments("Linux", "riscv64", "there is no build for the architecture riscv64; there are builds for x86_64 and arm64 (aarch64)")]
    [Arguments("FreeBSD", "x86_64", "there is no build for FreeBSD; there are builds for Linux, macOS and Windows")]
    [Arguments("MINGW64_NT-10.0", "x86_64", "this script does not install on Windows; use Scoop or the zip archive, or run it in WSL 2")]
    public async Task A_machine_without_a_build_is_told_so(string system, string machine, string message)
    {
        using var directory = new TestDirectory();

        RunResult result = await Script(directory, "--from", release.Folder)
            .WithEnvironment("PATH", FakeMachine(directory, system, machine));

        await Assert.That(result.Stderr).IsEqualTo($"helios install: {message}\n");
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task On_a_mac_it_takes_that_archive_and_says_where_rendering_works()
    {
        using var directory = MakeMirror();
        string path = FakeMachine(directory, "Darwin", "arm64");

        RunResult result = await Script(directory, "--from", release.Folder).WithEnvironment("PATH", path);

        // the stand-in is not a program
        await Assert.That(result.Stderr).Contains("the program does not run from " + directory.PathOf(".local/bin"));
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task A_release_without_that_platform_is_told_so()
    {
        using var directory = MakeMirror();
        directory.Write(
            "mirror/SHA256SUMS",
            string.Concat(
                File.ReadLines(release.PathOf("SHA256SUMS"))
                    .Where(line => !line.Contains(release.HostArchive, StringComparison.Ordinal))
                    .Select(line => line + "\n")));

        RunResult result = await Script(directory, "--from", directory.PathOf("mirror"));

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios install: helios {release.Version} has no build for {Repository.HostRid}: SHA256SUMS of {directory.PathOf("mirror")} does not list {release.HostArchive}\n"
            );
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task A_place_that_cannot_be_written_is_told_before_anything_is_downloaded()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("shut");
        File.SetUnixFileMode(
            directory.PathOf("shut"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.Copy(release.PathOf("install.sh"), directory.PathOf("install.sh"));
        ProcessRun run = new ProcessRun(
            "sh",
            [directory.PathOf("install.sh"), "--from", "http://127.0.0.1:9", "--prefix", directory.PathOf("shut/a/b")]
        ).In(directory);

        RunResult result = await (
            Environment.IsPrivilegedProcess ? run.Under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--") : run);

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios install: cannot write to {directory.PathOf("shut")}; name another directory with --prefix DIR\n");
        await Assert.That(result.ExitCode).IsEqualTo(1);
    }

    [Test]
    [Arguments("--frobnicate", "there is no option --frobnicate; there are --prefix DIR, --version V and --from PLACE")]
    [Arguments("--prefix", "--prefix needs a value")]
    public async Task A_wrong_command_line_installs_nothing(string option, string message)
    {
        using var directory = new TestDirectory();

        RunResult result = await Script(directory, option);

        await Assert.That(result.Stderr).IsEqualTo($"helios install: {message}\n");
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task A_version_that_does_not_exist_is_named()
    {
        using var directory = new TestDirectory();
        using var server = new WebServer();
        server.Add("/SHA256SUMS", "", "404 Not Found");

        RunResult result = await Script(directory, "--version", "9.9.9", "--from", server.UrlOf("/"));

        await Assert
            .That(result.Stderr)
            .Contains($"helios install: there is no {server.UrlOf("/SHA256SUMS")}; check --version and --from\n");
        await AssertNothingInstalledAsync(directory, result);
    }

    [Test]
    public async Task A_script_that_was_cut_off_does_nothing()
    {
        using var directory = new TestDirectory();
        string script = await File.ReadAllTextAsync(release.PathOf("install.sh"));
        string cut = directory.Write("cut.sh", script[..script.LastIndexOf("main", StringComparison.Ordinal)]);

        RunResult result = await Shell(directory, "sh \"$1\" --from \"$2\"", cut, release.Folder);

        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(Directory.Exists(directory.PathOf(".local"))).IsFalse();
    }

    /// <summary>The release's script, to be awaited.</summary>
    private ProcessRun Script(TestDirectory directory, params string[] arguments) =>
        Shell(directory, "exec /bin/sh \"$@\"", [release.PathOf("install.sh"), .. arguments]);

    /// <summary>A shell whose user has a home and a directory of temporary files.</summary>
    private static ProcessRun Shell(TestDirectory directory, string script, params string[] arguments)
    {
        Tool.Require("curl", "curl");
        directory.CreateFolder("temporary");
        return new ProcessRun("/bin/sh", ["-c", script, "sh", .. arguments]).In(directory).WithEnvironment("HOME", directory.Path)
            .WithEnvironment("TMPDIR", directory.PathOf("temporary"));
    }

    /// <summary>A directory with a copy of what the script downloads, in <c>mirror</c>.</summary>
    private TestDirectory MakeMirror()
    {
        var directory = new TestDirectory();
        directory.CreateFolder("mirror");
        foreach (string name in (string[])["SHA256SUMS", release.HostArchive])
            File.Copy(release.PathOf(name), directory.PathOf("mirror", name));
        return directory;
    }

    /// <summary>PATH with a <c>uname</c> that names another machine.</summary>
    private static string FakeMachine(TestDirectory directory, string system, string machine)
    {
        directory.CreateFolder("fake");
        string script = $"#!/bin/sh\ncase $1 in -s) echo '{system}' ;; -m) echo '{machine}' ;; esac\n";
        _ = ProgramFile.Write(directory.PathOf("fake", "uname"), script);
        return directory.PathOf("fake") + ":" + Environment.GetEnvironmentVariable("PATH");
    }

    private static async Task AssertNothingInstalledAsync(TestDirectory directory, RunResult result)
    {
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(File.Exists(directory.PathOf(".local/bin/helios"))).IsFalse();
        await Assert.That(Directory.GetFileSystemEntries(directory.PathOf("temporary"))).IsEmpty();
        if (Directory.Exists(directory.PathOf(".local/bin")))
            await Assert.That(Directory.GetFileSystemEntries(directory.PathOf(".local/bin"))).IsEmpty();
    }
}
