using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Tests.Support;

namespace Helios.Tests.Merge;

internal sealed class OutputSafetyTests
{
    [Test]
    public async Task Regular_files_and_nothing_at_all_are_safe()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("out.mp4", "");
        folder.Add("temp_j1_part_0.mov", "");
        Directory.CreateDirectory(folder["sub"]);

        await Assert.That(ProblemsIn(folder, "sub/a.mov")).IsEqualTo("");
    }

    [Test]
    [Arguments("out.mp4", "$.output", DisplayName = "the output")]
    [Arguments("temp_j1_part_1.mov", "$.chunks", DisplayName = "a chunk file")]
    [Arguments("a.mov", "$.chunks", DisplayName = "a chunk file with a name of its own")]
    public async Task A_symbolic_link_is_not_safe(string name, string path)
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder[name], "/etc/passwd");

        await Assert.That(ProblemsIn(folder, "a.mov")).IsEqualTo($"{path}: \"{folder[name]}\" is not a file: a symbolic link is there");
    }

    [Test]
    public async Task A_directory_that_is_a_link_is_not_safe()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateSymbolicLink(folder["sub"], "/etc");

        await Assert
            .That(ProblemsIn(folder, "sub/a.mov"))
            .StartsWith($"$.chunks: \"{folder["sub"]}\" is not a file: a symbolic link is there");
    }

    [Test]
    public async Task A_missing_directory_is_safe() =>
        await Assert.That(ProblemsIn("/nowhere/at/all", "a.mov")).IsEqualTo("");

    private static string ProblemsIn(TemporaryDirectory folder, string other) => ProblemsIn(folder.FullPath, other);

    private static string ProblemsIn(string folder, string other)
    {
        var problems = new JobProblems(Specs.Name);
        OutputSafety.Check(Specs.Spec with { Output = "out.mp4" }, [other], folder, problems);
        return string.Join('\n', problems.All.Select(problem => $"{problem.Path}: {problem.What}"));
    }
}
