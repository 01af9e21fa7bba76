using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>
/// The image of a worker, on a base that debootstrap makes: every instruction but the first is tried. Needs root and the network, and on
/// Debian 12 bytes are compared, or pictures where the image gets newer packages than are installed outside.
/// </summary>
[Timeout(1_800_000)]
[UnsupportedOSPlatform("windows")]
public sealed class WorkerImageTests
{
    [Test]
    public async Task It_is_built_and_renders_as_an_ordinary_user_what_this_machine_renders()
    {
        string[] words = [Repository.PathOf("tools", "try-worker.sh"), "--no-build"];

        RunResult result = await (Environment.IsPrivilegedProcess
            ? Tool.Run("bash", "bash", words)
            : Tool.Run("sudo", "sudo", ["-n", "bash", .. words]));

        await Assert.That(result.Succeeded().Stderr).Contains("rendered in the worker as worker\n");
        bool isAlike = (await File.ReadAllTextAsync("/etc/os-release")).Contains("VERSION_CODENAME=bookworm", StringComparison.Ordinal);
        string[] compared = isAlike
            ? ["the same bytes and seals as outside:\n", "the same pictures as outside: "]
            : ["bytes are not compared: this machine is not Debian 12\n"];
        await Assert.That(compared.Any(line => result.Stderr.Contains(line, StringComparison.Ordinal))).IsTrue().Because(result.Stderr);
    }
}
