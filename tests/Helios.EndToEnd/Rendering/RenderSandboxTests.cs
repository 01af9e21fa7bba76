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

namespace Helios.EndToEnd.Rendering;

/// <summary>What a render does to the machine that it runs on, and what it needs of it.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderSandboxTests(NativeBinary helios)
{
    private const string Fine = "<!doctype html><body style='margin:0;background:#0f0'>";

    [Test]
    public async Task Nothing_of_a_render_listens_for_connections()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "100");
        List<string> sockets = [];
        HashSet<string>? listening = null;
        int processes = 0;

        (
            await place.DisturbAsync(id => place.WhileStoppedAsync(id, (process, commandLine) =>
            {
                listening ??= FindListening();
                sockets.AddRange(LinksOf(process).Where(listening.Contains).Select(socket => $"{commandLine}: {socket}"));
                processes++;
            }))
        ).Succeeded();

        await Assert.That(processes).IsGreaterThan(3); // helios, the browser with its helpers, ffmpeg
        await Assert.That(sockets).IsEmpty();
    }

    [Test]
    public async Task The_page_of_an_ordinary_user_runs_in_the_browsers_sandbox()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        using var tools = new TestDirectory();
        await place.PlanAsync("--frames", "100");
        (await new ProcessRun("/bin/sh", ["-c", "chmod 777 .. . ../temporary"]).In(place.Directory)).Succeeded();
        List<string> renderers = [];
        List<string> flags = [];

        (
            await place.DisturbAsync(
                helios
                    .RunAsOrdinaryUser(tools, "render-chunk", "job.json", "--progress", "json")
                    .In(place.Directory)
                    .WithEnvironment("TMPDIR", place.Temporary),
                id => place.WhileStoppedAsync(id, (process, commandLine) =>
                {
                    if (commandLine.Contains("--no-sandbox", StringComparison.Ordinal)) flags.Add(commandLine);
                    if (commandLine.Contains("--type=renderer", StringComparison.Ordinal)) renderers.Add(StatusOf(process, "Seccomp:"));
                }))
        ).Succeeded();

        await Assert.That(renderers.Count).IsGreaterThan(0);
        await Assert.That(renderers.All(mode => mode == "2")).IsTrue(); // a filter
        await Assert.That(flags).IsEmpty();
    }

    [Test]
    public async Task A_container_with_next_to_no_shared_memory_renders_large_frames()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, Fine);
        (
            await place.Run(
                "export-job", "page.html", "--job", "job.json", "--job-id", "j", "--width", "3840", "--height", "2160", "--frames", "2",
                "-q")
        ).Succeeded();

        RunResult result = await helios
            .RunScript(
                """
                top=$(cd .. && pwd)
                mount --bind "$top" /mnt &&
                  mount -t tmpfs -o size=64k helios-test /dev/shm &&
                  mkdir -p "$top" && mount --bind /mnt "$top" && cd "$top/project" || { # where the files of tests lie in /dev/shm
                  echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2
                  exit 99
                }
                helios render-chunk job.json --progress none
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith("chunk 0: 2 frames in ");
        await Assert.That((string)(await Video.ProbeAsync(place.FileOf(0)))["nb_read_frames"]!).IsEqualTo("2");
    }

    /// <summary>Sockets of the machine that listen, as links in /proc name them.</summary>
    private static HashSet<string> FindListening() =>
    [
        .. new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(path => File.ReadLines(path).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A")
            .Select(fields => $"socket:[{fields[9]}]"),
    ];

    private static List<string> LinksOf(int process) =>
        [.. Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Select(path => new FileInfo(path).LinkTarget).OfType<string>()];

    /// <summary>A value that the kernel tells of a process.</summary>
    internal static string StatusOf(int process, string name) =>
        File.ReadAllLines($"/proc/{process}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
