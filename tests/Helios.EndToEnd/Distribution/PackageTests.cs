using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>Packages of the release, installed by their package managers from local files; those of others are evaluated.</summary>
[ClassDataSource<NativeBinary, ReleaseFiles>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Timeout(180_000)]
[UnsupportedOSPlatform("windows")]
public sealed class PackageTests(NativeBinary helios, ReleaseFiles release)
{
    [Test]
    public async Task The_debian_packages_are_lintian_clean_and_hold_the_program()
    {
        using var directory = new TestDirectory();
        string[] packages =
        [
            release.PathOf($"helios-render_{release.Version}_amd64.deb"),
            release.PathOf($"helios-render_{release.Version}_arm64.deb"),
        ];
        string package = packages[Repository.HostRid == "linux-x64" ? 0 : 1];

        // the first tag wants a number in Debian's bug tracker, where this package is not; the second finds words such as "thik" in machine
        // code, in one build and not in the next, which an override would have to match
        RunResult lint = await Tool.Run(
            "lintian",
            "lintian",
            [
                "--fail-on", "error,warning,info", "--display-info",
                "--suppress-tags", "initial-upload-closes-no-bugs,spelling-error-in-binary", .. packages,
            ]);
        (await Tool.Run("dpkg-deb", "dpkg", "--extract", package, directory.Path)).Succeeded();
        RunResult version = await new ProcessRun(directory.PathOf("usr/bin/helios"), ["--version"]);
        RunResult field = await Tool.Run("dpkg-deb", "dpkg", "--field", package, "Version", "Recommends");
        RunResult sums = await Tool.Run(
                "sh", "dash", "-c", "dpkg-deb --ctrl-tarfile \"$1\" | tar -xO ./md5sums | md5sum --check --quiet --strict", "sh", package)
            .In(directory);

        await Assert.That(lint.Stdout).IsEmpty();
        await Assert.That(lint.ExitCode).IsEqualTo(0).Because(lint.Stderr);
        await Assert.That(version.Succeeded().Stdout).IsEqualTo((await helios.Run("--version")).Stdout);
        await Assert.That(field.Stdout).IsEqualTo($"Version: {release.Version}\nRecommends: chromium-headless-shell, ffmpeg\n");
        await Assert.That(sums.Succeeded().Stderr).IsEmpty();
    }

    [Test]
    public async Task Npx_renders_a_page_with_the_package_of_this_platform_only()
    {
        using var directory = new TestDirectory();
        using WebServer registry = await ServeRegistryAsync();

        RunResult result = await Npm(
            directory, registry, "npx", "--yes", "helios-render", "render", "page.html", "--frames", "2", "--width", "64", "--height", "64",
            "-q", "-o", "out.mp4");
        RunResult list = await Tool.Run(
            "find",
            "findutils",
            directory.PathOf("npm-cache", "_npx"),
            "-type", "d", "-name", "helios-render*", "-printf", "%f\n");

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(new FileInfo(directory.PathOf("out.mp4")).Length).IsGreaterThan(0);
        await Assert
            .That(list.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct())
            .IsEquivalentTo(["helios-render", "helios-render-" + Repository.HostRid]);
    }

    [Test]
    public async Task The_npm_launcher_hands_on_exit_codes_and_signals()
    {
        using var directory = new TestDirectory();
        await UnpackNpmAsync(directory, "helios-render");
        await UnpackNpmAsync(directory, "helios-render-" + Repository.HostRid);
        ProcessRun launcher = Tool.Run("node", "nodejs", directory.PathOf("node_modules/helios-render/bin/helios.js"));

        RunResult missing = await (launcher with { Arguments = [.. launcher.Arguments, "check-job", "missing.json"] }).In(directory);
        using Process waiting = (launcher with { Arguments = [.. launcher.Arguments, "check-job", "-"] }).In(directory).Start();
        string child = "";
        while (child.Length == 0) child = (await Tool.Run("pgrep", "procps", "--parent", $"{waiting.Id}", "helios")).Stdout.Trim();
        (await new ProcessRun("kill", ["-TERM", $"{waiting.Id}"])).Succeeded();
        await waiting.WaitForExitAsync();

        await Assert.That(missing.ExitCode).IsEqualTo(66);
        await Assert.That(missing.Stderr).Contains("missing.json");
        await Assert.That(waiting.ExitCode).IsEqualTo(143);
        await Assert.That(Directory.Exists("/proc/" + child)).IsFalse();
    }

    [Test]
    public async Task The_npm_launcher_says_what_to_do_without_a_package_for_the_platform()
    {
        using var directory = new TestDirectory();
        await UnpackNpmAsync(directory, "helios-render");

        RunResult result = await Tool.Run("node", "nodejs", directory.PathOf("node_modules/helios-render/bin/helios.js"), "--version");

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the package helios-render-{Repository.HostRid} is not installed; install again without --omit=optional or --no-optional\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    [Test]
    public async Task The_dotnet_tool_installs_the_native_program_of_this_platform()
    {
        using var directory = new TestDirectory();
        RunResult install = await Tool.Run(
                "dotnet", "dotnet-sdk-10.0", "tool", "install", "helios-render", "--tool-path",
                directory.PathOf("tools"),
                "--source", release.Folder, "--version", release.Version)
            .In(directory)
            .WithEnvironment("DOTNET_CLI_HOME", directory.PathOf("home"))
            .WithEnvironment("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
            .WithEnvironment("DOTNET_NOLOGO", "1")
            .WithEnvironment("NUGET_PACKAGES", directory.PathOf("packages"));

        RunResult version = await new ProcessRun(install.Succeeded().ExitCode == 0 ? directory.PathOf("tools/helios") : "", ["--version"]);

        await Assert.That(version.Succeeded().Stdout).IsEqualTo((await helios.Run("--version")).Stdout);
        await Assert
            .That(File.ResolveLinkTarget(directory.PathOf("tools/helios"), returnFinalTarget: true)!.FullName)
            .Contains($"helios-render.{Repository.HostRid}");
    }

    /// <summary>brew is not packaged here: the formula is evaluated by ruby with stand-ins for the words that it uses of brew.</summary>
    [Test]
    [Arguments("macos", "arm", "osx-arm64")]
    [Arguments("macos", "intel", "osx-x64")]
    [Arguments("linux", "intel", "linux-x64")]
    [Arguments("linux", "arm", "linux-arm64")]
    public async Task The_homebrew_formula_installs_the_archive_of_the_platform(string system, string processor, string rid)
    {
        using var directory = new TestDirectory();
        string archive = $"helios-{release.Version}-{rid}.tar.gz";
        string top = await release.UnpackAsync(archive, directory);

        RunResult result = await Tool.Run(
                "ruby",
                "ruby",
                Path.Combine(Repository.Project, "Support", "formula.rb"),
                release.PathOf("helios-render.rb"),
                system,
                processor,
                directory.PathOf("prefix"))
            .In(top);

        string[] lines = result.Succeeded().Stdout.TrimEnd().Split('\n');
        await Assert.That(lines[0]).EndsWith($"/releases/download/v{release.Version}/{archive}");
        await Assert.That(await File.ReadAllTextAsync(release.PathOf("SHA256SUMS"))).Contains($"{lines[1]}  {archive}\n");
        await Assert.That(lines[2..]).Contains("bin/helios");
        await Assert.That(lines[2..]).Contains("share/man/man1/helios.1");
        await Assert.That(lines[2..]).Contains("etc/bash_completion.d/helios");
        await Assert.That(lines[2..]).Contains("share/zsh/site-functions/_helios");
        await Assert.That(lines[2..]).Contains("share/fish/vendor_completions.d/helios.fish");
    }

    [Test]
    public async Task The_scoop_manifest_fits_the_archive()
    {
        using var directory = new TestDirectory();
        string archive = $"helios-{release.Version}-win-x64.zip";
        string top = await release.UnpackAsync(archive, directory);
        JsonObject manifest = JsonNode.Parse(await File.ReadAllTextAsync(release.PathOf("helios-render.json")))!.AsObject();
        JsonNode platform = manifest["architecture"]!["64bit"]!;

        await Assert.That((string)platform["url"]!).EndsWith($"/releases/download/v{release.Version}/{archive}");
        await Assert.That(await File.ReadAllTextAsync(release.PathOf("SHA256SUMS"))).Contains($"{platform["hash"]}  {archive}\n");
        await Assert
            .That(File.Exists(directory.PathOf((string)platform["extract_dir"]!, ((string)manifest["bin"]!).Replace('\\', '/'))))
            .IsTrue();
        await Assert.That(top).EndsWith((string)platform["extract_dir"]!);
        await Assert.That((string)manifest["version"]!).IsEqualTo(release.Version);
    }

    /// <summary>npm or npx with a cache of its own, to be awaited.</summary>
    private static ProcessRun Npm(TestDirectory directory, WebServer registry, string program, params string[] arguments) =>
        Tool.Run(program, "npm", arguments)
            .In(directory)
            .WithEnvironment("npm_config_cache", directory.PathOf("npm-cache"))
            .WithEnvironment("HOME", directory.Path)
            .WithEnvironment("npm_config_registry", registry.UrlOf("/"))
            .WithEnvironment("npm_config_update_notifier", "false")
            .WithEnvironment("npm_config_audit", "false")
            .WithEnvironment("npm_config_fund", "false");

    /// <summary>A registry that has the packages of the release and nothing else.</summary>
    private async Task<WebServer> ServeRegistryAsync()
    {
        var server = new WebServer();
        foreach (string file in Directory.GetFiles(release.Folder, "*.tgz"))
        {
            RunResult manifest = await Tool.Run("tar", "tar", "-xzOf", file, "package/package.json");
            JsonObject package = manifest.Succeeded().Json;
            string name = (string)package["name"]!;
            package["dist"] = new JsonObject { ["tarball"] = server.UrlOf("/" + Path.GetFileName(file)) };
            server.Add("/" + Path.GetFileName(file), await File.ReadAllBytesAsync(file));
            server.Add(
                "/" + name,
                new JsonObject
                {
                    ["name"] = name,
                    ["dist-tags"] = new JsonObject { ["latest"] = release.Version },
                    ["versions"] = new JsonObject { [release.Version] = package },
                }.ToJsonString());
        }

        return server;
    }

    private async Task UnpackNpmAsync(TestDirectory directory, string name)
    {
        directory.CreateFolder("node_modules/" + name);
        (
            await Tool.Run(
                "tar", "tar", "-xzf",
                release.PathOf($"{name}-{release.Version}.tgz"),
                "--strip-components=1",
                "-C",
                directory.PathOf("node_modules", name))
        ).Succeeded();
    }
}
