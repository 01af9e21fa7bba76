using System;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>The Linux binary needs nothing of the machine: no shared library, no file, no shell; and it does the same on arm64.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class StaticBinaryTests(NativeBinary helios)
{
    [Test]
    public async Task It_needs_no_shared_library_and_no_loader()
    {
        RunResult result = await Tool.Run("readelf", "binutils", "--dynamic", "--program-headers", "--wide", helios.Path);

        await Assert.That(result.Succeeded().Stdout).DoesNotContain("(NEEDED)");
        await Assert.That(result.Stdout).DoesNotContain("INTERP");
    }

    [Test]
    public async Task It_is_small()
    {
        long limit = Repository.HostRid == "linux-x64" ? 5_000_000 : 4_900_000;

        await Assert.That(new FileInfo(helios.Path).Length).IsLessThanOrEqualTo(limit);
    }

    [Test]
    public async Task It_holds_no_path_of_the_machine_that_built_it()
    {
        RunResult result = await Tool.Run("grep", "grep", "--text", "--count", "--fixed-strings", Repository.Root + "/", helios.Path);

        await Assert.That(result.Stdout).IsEqualTo("0\n");
    }

    [Test]
    public async Task It_runs_without_environment()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.Run("export-job", "page.html").Under("env", "--ignore-environment").In(directory);

        await Assert.That((int)result.Succeeded().Json["totalFrames"]!).IsEqualTo(30);
    }

    [Test]
    [Category("Slow")]
    [Timeout(120_000)]
    public async Task It_plans_checks_and_shows_in_an_empty_image()
    {
        using var directory = new TestDirectory();
        await using var image = await ScratchImage.BuildAsync(helios.Path, directory);

        RunResult version = await image.Run("--version");
        RunResult export = await image.Run(
            "export-job", "page.html", "--shards", "4", "--duration", "2", "--job-id", "j", "--job", "job.json");
        RunResult check = await image.Run("check-job", "job.json");
        RunResult chunk = await image.Run("show-chunk", "job.json", "--index", "3", "--field", "output");
        RunResult wrong = await image.Run("export-job", "/missing.html");

        await Assert.That(version.Succeeded().Stdout).StartsWith("helios ");
        await Assert.That(export.Succeeded().Stderr).Contains("60 frames at 30 fps in 4 chunks of 15 → job.json\n");
        await Assert.That(check.Succeeded().Stdout).IsEqualTo("valid: job j, 60 frames in 4 chunks\n");
        await Assert.That(chunk.Succeeded().Stdout).IsEqualTo("/work/temp_j_part_3.mov\n");
        await Assert.That(wrong.ExitCode).IsEqualTo(66);
    }

    [Test]
    public async Task It_runs_in_a_bare_chroot_without_dev_and_proc()
    {
        using var directory = new TestDirectory();
        ProgramFile.Copy(helios.Path, directory.PathOf("helios"));
        string[] options = Environment.IsPrivilegedProcess ? [] : ["--map-root-user"];

        RunResult result = await Tool.Run(
            "unshare",
            "util-linux",
            [.. options, "--root", directory.Path, "/helios", "export-job", "/page.html", "--job", "/job.json"]);

        await Assert.That(result.Stderr).IsEqualTo("30 frames at 30 fps in 1 chunk of 30 → /job.json\n");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(directory.Read("job.json")).Contains("\"file:///page.html\"");
    }

    [Test]
    [Category("Slow")]
    [Timeout(120_000)]
    [Arguments("export-job page.html --job-id j --shards 4 --duration 2 --fps 30")]
    [Arguments("export-job page.html --job-id j --frames 100000 --chunk-frames 1 --fps 29.97 --quiet")]
    [Arguments("export-job page.html --shards 0")]
    [Arguments("export-job --help")]
    [Arguments("schema")]
    public async Task On_arm64_the_same_command_line_gives_the_same_bytes(string commandLine)
    {
        using var directory = new TestDirectory();

        RunResult x64 = await helios.Run(commandLine.Split(' ')).In(directory);
        RunResult arm64 = await Tool.Run("qemu-aarch64", "qemu-user", [Repository.Published("linux-arm64"), .. commandLine.Split(' ')])
            .In(directory);

        await Assert.That(arm64.ExitCode).IsEqualTo(x64.ExitCode);
        await Assert.That(arm64.Stderr).IsEqualTo(x64.Stderr);
        await Assert.That(arm64.Stdout).IsEqualTo(x64.Stdout);
    }

    /// <summary>A container of the project's own image, with a page. All of buildah's storage is in the test's directory.</summary>
    private sealed class ScratchImage : IAsyncDisposable
    {
        private readonly string[] _options;
        private readonly string _image = "helios-test-" + Guid.NewGuid().ToString("N");
        private string _container = "";

        private ScratchImage(TestDirectory directory, string driver) =>
            _options = ["--storage-driver", driver, "--root", directory.PathOf(driver), "--runroot", directory.PathOf(driver + "-run")];

        internal static async Task<ScratchImage> BuildAsync(string binary, TestDirectory directory)
        {
            string folder = Repository.HostRid == "linux-x64" ? "amd64" : "arm64";
            directory.CreateFolder($"context/{folder}/bin");
            File.Copy(binary, directory.PathOf("context", folder, "bin", "helios"));
            string errors = "";
            foreach (string driver in (string[])["overlay", "vfs"])
            {
                var image = new ScratchImage(directory, driver);
                RunResult build = await image.Buildah([
                    "build", "--isolation", "chroot", "--tag", image._image, "--file",
                    Repository.PathOf("docker", "Dockerfile"),
                    directory.PathOf("context"),
                ]);
                RunResult from = build.ExitCode == 0 ? await image.Buildah("from", image._image) : build;
                image._container = from.Stdout.Trim();
                if (from.ExitCode == 0)
                {
                    (
                        await image.Buildah("add", "--chown", "65532:65532", image._container, directory.PathOf("page.html"), "/work/")
                    ).Succeeded();
                }

                if (from.ExitCode == 0 && (await image.Run("--version")).ExitCode == 0)
                    return image;
                errors += from.Stderr;
                await image.DisposeAsync();
            }

            throw new InvalidOperationException("buildah cannot make an image: " + errors);
        }

        internal Task<RunResult> Run(params string[] arguments) =>
            Buildah(["run", "--isolation", "chroot", _container, "--", "helios", .. arguments]);

        public async ValueTask DisposeAsync()
        {
            if (_container.Length > 0) await Buildah("rm", _container);
            await Buildah("rmi", "--force", _image);
        }

        private Task<RunResult> Buildah(params string[] arguments) =>
            Tool.Run("buildah", "buildah", [.. _options, .. arguments]).RunAsync();
    }
}
