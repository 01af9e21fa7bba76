using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Jobs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>The same input gives the same bytes: of a spec, and of the binary itself.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class ReproducibilityTests(NativeBinary helios)
{
    [Test]
    [MethodDataSource(typeof(SchemaTests), nameof(SchemaTests.OptionSets))]
    public async Task The_same_command_line_with_a_job_id_gives_the_same_bytes(string options)
    {
        using var directory = new TestDirectory();
        string[] words =
        [
            "export-job",
            .. options.Split(' '),
            .. options.Contains("--job-id", System.StringComparison.Ordinal) ? (string[])[] : ["--job-id", "j"],
        ];

        RunResult first = await helios.Run(words).In(directory);
        RunResult second = await helios
            .Run(words)
            .In(directory)
            .WithEnvironment("LC_ALL", "tr_TR.UTF-8")
            .WithEnvironment("TZ", "Asia/Tokyo");

        await Assert.That(first.Succeeded().Output.SequenceEqual(second.Succeeded().Output)).IsTrue();
    }

    [Test]
    public async Task Without_a_job_id_every_export_has_its_own()
    {
        using var directory = new TestDirectory();

        string first = (string)(await helios.Run("export-job", "page.html").In(directory)).Succeeded().Json["jobId"]!;
        string second = (string)(await helios.Run("export-job", "page.html").In(directory)).Succeeded().Json["jobId"]!;

        await Assert.That(first).Matches("^[a-z0-9]{12}$");
        await Assert.That(second).IsNotEqualTo(first);
    }

    [Test]
    public async Task A_portable_job_has_the_same_bytes_in_every_directory()
    {
        using var one = new TestDirectory();
        using var other = new TestDirectory("somewhere else", "much deeper");
        string[] words = ["export-job", "page.html", "--portable", "--job-id", "j", "--shards", "3", "--job", "job.json"];

        (await helios.Run(words).In(one)).Succeeded();
        (await helios.Run(words).In(other)).Succeeded();

        await Assert.That(other.Read("job.json")).IsEqualTo(one.Read("job.json"));
        await Assert.That(one.Read("job.json")).DoesNotContain(one.Path);
    }

    [Test]
    public async Task A_portable_job_is_the_same_from_wherever_it_is_planned()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("deep");

        (await helios.Run("export-job", "page.html", "--portable", "--job-id", "j", "--job", "here.json").In(directory)).Succeeded();
        (
            await helios
                .Run("export-job", "../page.html", "--portable", "--job-id", "j", "--job", "../there.json", "-o", "../output.mp4")
                .In(directory.PathOf("deep"))
        ).Succeeded();

        await Assert.That(directory.Read("there.json")).IsEqualTo(directory.Read("here.json"));
    }

    /// <summary>The published binary is one of them if this commit was published, without changes.</summary>
    [Test]
    [Category("Slow")]
    [Timeout(600_000)]
    public async Task Two_builds_of_one_commit_in_two_folders_give_the_same_bytes()
    {
        using var one = new TestDirectory();
        using var other = new TestDirectory("a folder", "with-a-much-longer-path");

        string commit = (await Tool.Run("git", "git", "-C", Repository.Root, "rev-parse", "--short=12", "HEAD")).Succeeded().Stdout.Trim();
        string version = (await helios.Run("--version")).Succeeded().Stdout;

        byte[] first = version.Contains($"({commit})", System.StringComparison.Ordinal)
            ? await File.ReadAllBytesAsync(helios.Path)
            : await BuildIn(one.PathOf("clone"));
        byte[] second = await BuildIn(other.PathOf("another-clone"));

        await Assert.That(first.SequenceEqual(second)).IsTrue();
    }

    private static async Task<byte[]> BuildIn(string folder)
    {
        (await Tool.Run("git", "git", "clone", "--quiet", Repository.Root, folder)).Succeeded();
        (await new ProcessRun(Path.Combine(folder, "publish.sh"), []).In(folder)).Succeeded();
        return await File.ReadAllBytesAsync(Path.Combine(folder, "dist", Repository.HostRid, "helios"));
    }
}
