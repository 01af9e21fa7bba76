using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Pages and directories that export-job cannot read or write: each has one clear message and its exit code.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class FileRefusalTests(NativeBinary helios)
{
    public static IEnumerable<TestDataRow<(string Composition, int ExitCode, string Stderr)>> Compositions()
    {
        yield return Page(
            "missing.html", 66,
            "the composition does not exist (missing.html); check the path; relative paths start in the current directory");
        yield return Page(
            "nope/x.html", 66,
            "the composition does not exist (nope/x.html); check the path; relative paths start in the current directory");
        yield return Page(
            "two\nlines.html", 66,
            "the composition does not exist (two\\u000Alines.html); check the path; relative paths start in the current directory");
        yield return Page("folder", 66, "the composition is a directory (folder); name the page in it, such as folder/index.html");
        yield return Page(
            "file:///nope.html", 66,
            "the composition does not exist (file:///nope.html); check the path; relative paths start in the current directory");
        yield return Page(
            "file://host/x.html", 64,
            "\"file://host/x.html\" is not a file URL that helios can read (<composition>); write file:///path with special characters percent-encoded, or the plain path"
        );
        yield return Page(
            "file:///a b.html", 64,
            "\"file:///a b.html\" is not a file URL that helios can read (<composition>); write file:///path with special characters percent-encoded, or the plain path"
        );
        yield return Page(
            "ftp://x/y.html", 64, "only files and http(s) pages can be rendered, not ftp: (<composition>); give a path or an http(s) URL");
        yield return Page(
            "http:///x", 64,
            "\"http:///x\" is not a URL: the URL has no host (<composition>); percent-encode it, or quote it for the shell");
        yield return Page(
            "http://h/a b", 64,
            "\"http://h/a b\" is not a URL: blanks and characters that a URL cannot hold must be percent-encoded (<composition>); percent-encode it, or quote it for the shell"
        );
    }

    [Test]
    [MethodDataSource(nameof(Compositions))]
    public async Task A_bad_composition_is_refused_with_this_message_and_nothing_is_written(
        string composition,
        int exitCode,
        string stderr
    ) => await ExportRefusal.AssertAsync(helios, ["export-job", composition], exitCode, stderr);

    [Test]
    public async Task A_base_url_for_a_page_that_is_on_the_net_already_is_refused() =>
        await ExportRefusal.AssertAsync(
            helios,
            ["export-job", "http://h/x.html", "--base-url", "http://h/"],
            64,
            "the composition is a URL already (--base-url); leave --base-url out, or name a local file");

    [Test]
    public async Task A_base_url_for_a_page_outside_of_the_current_directory_is_refused()
    {
        string page = Repository.PathOf("examples", "basic", "composition.html");

        await ExportRefusal.AssertAsync(
            helios,
            ["export-job", page, "--base-url", "http://h/"],
            64,
            $"\"{page}\" is not below the current directory, which --base-url maps onto the server (--base-url); change to the directory that the server shows"
        );
    }

    [Test]
    [Timeout(60_000)] // a read of an endless device would never end
    [Arguments("/dev/zero", DisplayName = "an endless device")]
    [Arguments("pipe", DisplayName = "a named pipe")]
    public async Task A_composition_that_is_no_regular_file_is_refused(string composition)
    {
        using var directory = new TestDirectory();
        (await Tool.Run("mkfifo", "coreutils", "pipe").In(directory)).Succeeded();

        RunResult result = await helios.Run("export-job", composition).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(66);
        await Assert.That(result.Stderr).StartsWith("helios: ");
    }

    [Test]
    public async Task The_spec_does_not_replace_the_composition()
    {
        RunResult result = await ExportRefusal.AssertAnyAsync(helios, "export-job", "page.html", "--job", "page.html");

        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task A_current_directory_that_is_gone_is_no_bug_of_helios()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .RunScript("mkdir gone && cd gone && rmdir ../gone && exec helios export-job http://h/x.html")
            .In(directory);

        await Assert.That(result.Stderr).DoesNotContain("a bug in helios");
        await Assert.That(result.ExitCode).IsEqualTo(66);
    }

    [Test]
    public async Task An_output_directory_that_is_not_writable_is_73()
    {
        using var directory = new TestDirectory();
        ForbidWriting(directory.CreateFolder("closed"));

        RunResult result = await helios.RunAsOrdinaryUser(directory, "export-job", "page.html", "-o", "closed/x.mp4").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the directory \"{directory.PathOf("closed")}\" is not writable (--output closed/x.mp4); change its permissions, or choose another output\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    public async Task A_job_file_in_a_directory_that_is_not_writable_is_73()
    {
        using var directory = new TestDirectory();
        ForbidWriting(directory.CreateFolder("closed"));

        RunResult result = await helios
            .RunAsOrdinaryUser(directory, "export-job", "page.html", "--portable", "--job", "closed/job.json", "-o", "closed/x.mp4")
            .In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: the file cannot be created: permission denied (closed/job.json); create its directory or make it writable\n");
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(Directory.EnumerateFileSystemEntries(directory.PathOf("closed"))).IsEmpty();
    }

    [Test]
    public async Task A_composition_that_may_not_be_read_is_66()
    {
        using var directory = new TestDirectory();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory.PathOf("page.html"), UnixFileMode.None);

        RunResult result = await helios.RunAsOrdinaryUser(directory, "export-job", "page.html").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo("helios: the file cannot be read: permission denied (page.html); check the path and its permissions\n");
        await Assert.That(result.ExitCode).IsEqualTo(66);
    }

    private static void ForbidWriting(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                folder,
                UnixFileMode.UserRead
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherRead
                    | UnixFileMode.OtherExecute);
        }
    }

    private static TestDataRow<(string Composition, int ExitCode, string Stderr)> Page(string composition, int exitCode, string stderr) =>
        new((composition, exitCode, stderr), DisplayName: composition.ReplaceLineEndings(" "));
}
