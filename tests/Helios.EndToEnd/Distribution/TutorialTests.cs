using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>What docs/tutorial.md shows works: its blocks fenced as <c>sh</c> are one script, run in an empty folder.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class TutorialTests(NativeBinary helios)
{
    private static readonly string s_tutorial = Repository.PathOf("docs", "tutorial.md");

    [Test]
    [Timeout(180_000)]
    public async Task The_commands_of_the_tutorial_make_its_videos()
    {
        using var directory = new TestDirectory();
        directory.Write("store.sh", BucketTests.Script); // the reader copies it from docs/buckets.md
        string script = "set -eux\n" + string.Join('\n', Blocks());

        RunResult result = await helios.RunScript(script).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        foreach (string video in (string[])["hello.mp4", "output.mp4", "bucket/output.mp4"])
            await Assert.That((await Video.HashAsync(directory.PathOf(video))).Count).IsEqualTo(30).Because(video);
        await Assert.That(await File.ReadAllBytesAsync(directory.PathOf("bucket/output.mp4")))
            .IsEquivalentTo(await File.ReadAllBytesAsync(directory.PathOf("output.mp4")));
        await Assert.That(File.Exists(directory.PathOf("hello.png"))).IsTrue();
        await Assert.That(await File.ReadAllTextAsync(directory.PathOf("slurm.sh"))).Contains("sbatch");
        await Assert.That(await File.ReadAllTextAsync(directory.PathOf("aws.sh"))).Contains("s3://spots/hello/");
    }

    /// <summary>What is indented needs a cluster or an account.</summary>
    [Test]
    public async Task Only_what_needs_an_account_is_not_run()
    {
        IEnumerable<string> indented = File.ReadLines(s_tutorial).Where(line => line.StartsWith("    helios ", StringComparison.Ordinal));
        string[] commands = [.. indented.Where(line => !Blocks().Any(block => block.Contains(line, StringComparison.Ordinal)))];

        await Assert.That(commands.Where(line => !line.Contains("s3://", StringComparison.Ordinal))).IsEmpty();
    }

    private static IReadOnlyList<string> Blocks()
    {
        string[] parts = File.ReadAllText(s_tutorial).Split("```sh\n");
        return [.. parts.Skip(1).Select(part => part[..part.IndexOf("\n```", StringComparison.Ordinal)])];
    }
}
