using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

internal sealed class MachineLimitsTests
{
    private const string Plenty = "MemTotal:       65536000 kB\nMemAvailable:   60000000 kB\n";

    private static readonly RenderOptions s_hd = Specs.Options with { Width = 1920, Height = 1080 };

    [Test]
    [Arguments("0::/\n", "", DisplayName = "no group")]
    [Arguments("0::/a/b\n", "a/b/memory.max=max", DisplayName = "a group without a limit")]
    [Arguments("0::/gone/on/host\n", "", DisplayName = "a group that is not seen from here")]
    [Arguments("", "", DisplayName = "no groups at all")]
    public async Task Without_a_limit_the_memory_is_what_the_machine_has_left(string groups, string files)
    {
        using TemporaryDirectory root = MakeRoot(Plenty, groups, files);

        await Assert.That(new MachineLimits(root.FullPath).AvailableMemory()).IsEqualTo(60_000_000L * 1024);
    }

    [Test]
    [Arguments("0::/a/b\n", "a/b/memory.max=3000000000", 3_000_000_000, DisplayName = "version 2")]
    [Arguments("0::/a/b\n", "a/b/memory.max=max;a/memory.max=2000000000", 2_000_000_000, DisplayName = "version 2, of the group above")]
    [Arguments("0::/a/b\n", "a/b/memory.max=1000000000;a/memory.max=2000000000", 1_000_000_000, DisplayName = "version 2, the smaller one")]
    [Arguments("0::/\n", "memory.max=1000000000", 1_000_000_000, DisplayName = "version 2, in a container")]
    [Arguments("0::/../..\n", "memory.max=1000000000", 1_000_000_000, DisplayName = "version 2, beside the container's group")]
    [Arguments("4:memory:/x\n0::/\n", "memory/x/memory.limit_in_bytes=500000000", 500_000_000, DisplayName = "version 1")]
    [Arguments("4:cpu,memory:/x\n", "memory/memory.limit_in_bytes=400000000", 400_000_000,
        DisplayName = "version 1, beside another controller, in a container")]
    [Arguments("4:memory:/\n", "memory/memory.limit_in_bytes=9223372036854771712", 60_000_000L * 1024, DisplayName = "version 1, none")]
    public async Task A_limit_of_a_group_counts(string groups, string files, long expected)
    {
        using TemporaryDirectory root = MakeRoot(Plenty, groups, files);

        await Assert.That(new MachineLimits(root.FullPath).AvailableMemory()).IsEqualTo(expected);
    }

    [Test]
    [Arguments(4, 60_000_000, 4, DisplayName = "as many as processors")]
    [Arguments(64, 4_000_000, 6, DisplayName = "as many as fit")]
    [Arguments(64, 100_000, 1, DisplayName = "one always")]
    [Arguments(1, 60_000_000, 1, DisplayName = "one processor")]
    public async Task Workers_are_limited_by_processors_and_memory(int processors, int kilobytes, int expected)
    {
        using TemporaryDirectory root = MakeRoot($"MemAvailable: {kilobytes} kB\n", "", "");

        await Assert.That(new MachineLimits(root.FullPath).CountWorkers(processors, s_hd)).IsEqualTo(expected);
    }

    [Test]
    public async Task Larger_pictures_take_more_memory()
    {
        using TemporaryDirectory root = MakeRoot("MemAvailable: 8000000 kB\n", "", "");

        await Assert
            .That(new MachineLimits(root.FullPath).CountWorkers(64, s_hd with { Scale = 2 }))
            .IsEqualTo(new MachineLimits(root.FullPath).CountWorkers(64, s_hd with { Width = 3840, Height = 2160 }));
        await Assert
            .That(new MachineLimits(root.FullPath).CountWorkers(64, s_hd with { Width = 3840, Height = 2160 }))
            .IsLessThan(new MachineLimits(root.FullPath).CountWorkers(64, s_hd));
    }

    [Test]
    public async Task Where_nothing_is_known_processors_decide()
    {
        using var root = new TemporaryDirectory();

        await Assert.That(new MachineLimits(root.FullPath).CountWorkers(8, s_hd)).IsEqualTo(8);
    }

    /// <summary>A file system with <c>proc</c>, and files of groups as <c>path=text;path=text</c>.</summary>
    private static TemporaryDirectory MakeRoot(string memory, string groups, string files)
    {
        var root = new TemporaryDirectory();
        Write(root["proc/meminfo"], memory);
        Write(root["proc/self/cgroup"], groups);
        foreach (string file in files.Split(';', StringSplitOptions.RemoveEmptyEntries))
            Write(root["sys/fs/cgroup/" + file.Split('=')[0]], file.Split('=')[1] + "\n");
        return root;
    }

    private static void Write(string path, string text)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
