using System.Runtime.Versioning;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>
/// What a new user does, on bare systems that debootstrap makes: minutes each, root and the network, so only a filter that names this class
/// runs it (CONTRIBUTING.md).
/// </summary>
[Explicit]
[NotInParallel]
[Timeout(3_600_000)]
[UnsupportedOSPlatform("windows")]
public sealed class NewUserTests
{
    [Test]
    public async Task The_commands_of_the_readme_build_and_test_a_clone_where_nothing_else_is()
    {
        RunResult result = await Try("try-user.sh", "readme", "/*/*/FrameRateTests/*");

        await Assert.That(result.Succeeded().Stdout).EndsWith(" passed, 0 failed\n");
    }

    [Test]
    public async Task The_tutorial_works_with_what_the_install_script_installs_and_names() =>
        await Assert.That((await Try("try-user.sh", "--no-build", "tutorial")).Succeeded().Stderr).EndsWith("the tutorial works\n");

    private static ProcessRun Try(string script, params string[] words) =>
        Tool.Run("bash", "bash", [Repository.PathOf("tools", script), .. words]);
}
