using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>tools/setup.sh names what is missing, and installs it only when it may. apt-get and dpkg-query are stand-ins here.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SetupTests
{
    [Test]
    public async Task The_list_has_the_packages_of_each_group_and_installs_nothing()
    {
        using var directory = new TestDirectory();

        RunResult all = await Setup(directory, "--list").WithEnvironment("HELIOS_SETUP", "yes");
        RunResult render = await Setup(directory, "--list", "render");
        RunResult wrong = await Setup(directory, "--list", "rendering");

        await Assert.That(render.Succeeded().Stdout).IsEqualTo("chromium-headless-shell\nffmpeg\nfonts-dejavu-core\n");
        await Assert.That(all.Succeeded().Stdout).Contains(render.Stdout);
        await Assert.That(all.Stdout.Split('\n')).Contains("gcc");
        await Assert.That(all.Stdout.Split('\n')).Contains("lintian");
        await Assert
            .That(wrong.Stderr)
            .IsEqualTo("setup.sh: there is no group of packages \"rendering\": use build, cross, render or test\n");
        await Assert.That(wrong.ExitCode).IsEqualTo(1);
        await Assert.That(File.Exists(directory.PathOf("apt-get.log"))).IsFalse();
    }

    [Test]
    public async Task Missing_packages_are_named_and_installed_when_that_is_wanted()
    {
        using var directory = new TestDirectory();

        RunResult result = await Setup(directory, "render").WithEnvironment("HELIOS_SETUP", "yes");

        await Assert
            .That(result.Succeeded().Stderr)
            .StartsWith("missing packages: chromium-headless-shell ffmpeg fonts-dejavu-core\ninstalling them with apt-get\n");
        await Assert
            .That(directory.Read("apt-get.log"))
            .IsEqualTo("update -qq\ninstall -y -qq --no-install-recommends chromium-headless-shell ffmpeg fonts-dejavu-core\n");
    }

    [Test]
    [Arguments("no")]
    [Arguments("")]
    public async Task Missing_packages_are_only_named_when_nobody_is_there_to_ask(string wanted)
    {
        using var directory = new TestDirectory();
        ProcessRun setup = Setup(directory, "render").WithEnvironment("HELIOS_SETUP", wanted).WithEnvironment("CI", "");
        if (wanted.Length == 0 && Environment.IsPrivilegedProcess)
            setup = AsOrdinaryUser(setup, directory); // root in a container may install

        RunResult result = await setup;

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
            """
                missing packages: chromium-headless-shell ffmpeg fonts-dejavu-core
                setup.sh: nothing was installed: run this again with HELIOS_SETUP=yes, or  apt-get install chromium-headless-shell ffmpeg fonts-dejavu-core

                """);
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(File.Exists(directory.PathOf("apt-get.log"))).IsFalse();
    }

    [Test]
    public async Task Node_and_npm_from_elsewhere_are_kept()
    {
        using var directory = new TestDirectory();
        ProcessRun setup = Setup(directory, "test").WithEnvironment("HELIOS_SETUP", "yes");
        Write(directory, "node", "");
        Write(directory, "npm", "");

        await setup;

        string[] packages = directory.Read("apt-get.log").Split(' ', '\n');
        await Assert.That(packages).Contains("slurmctld");
        await Assert.That(packages).DoesNotContain("nodejs");
        await Assert.That(packages).DoesNotContain("npm");
    }

    [Test]
    public async Task Nothing_is_said_when_nothing_is_missing()
    {
        using var directory = new TestDirectory();

        RunResult result = await Setup(directory, "render").WithEnvironment("INSTALLED", "1");

        await Assert.That(result.Succeeded().Stderr).IsEmpty();
        await Assert.That(File.Exists(directory.PathOf("apt-get.log"))).IsFalse();
    }

    /// <summary>The script, with package tools that write down what they are asked, and sudo that runs what it is given.</summary>
    private static ProcessRun Setup(TestDirectory directory, params string[] arguments)
    {
        if (!Directory.Exists(directory.PathOf("fake")))
        {
            directory.CreateFolder("fake");
            Write(directory, "apt-get", $"echo \"$@\" >>'{directory.PathOf("apt-get.log")}'");
            Write(directory, "dpkg-query", "[ -z \"$INSTALLED\" ] || echo 'install ok installed'");
            Write(directory, "sudo", "exec \"$@\"");
            Directory.CreateDirectory(directory.PathOf("tools"));
            File.Copy(Repository.PathOf("tools", "setup.sh"), directory.PathOf("tools", "setup.sh"));
        }

        return Tool.Run("bash", "bash", [directory.PathOf("tools", "setup.sh"), .. arguments]).In(directory)
            .WithEnvironment("PATH", directory.PathOf("fake") + ":" + Environment.GetEnvironmentVariable("PATH"));
    }

    private static ProcessRun AsOrdinaryUser(ProcessRun run, TestDirectory directory)
    {
        foreach (string file in Directory.GetFiles(directory.PathOf("tools")))
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
        return run.Under("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    }

    private static void Write(TestDirectory directory, string name, string command) =>
        ProgramFile.Write(directory.PathOf("fake", name), "#!/bin/sh\n" + command + "\n");
}
