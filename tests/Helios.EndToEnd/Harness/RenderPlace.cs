using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core;

namespace Helios.EndToEnd.Harness;

/// <summary>A project with a page to render, and a TMPDIR of its own: whatever a render leaves behind is seen.</summary>
public sealed class RenderPlace : IDisposable
{
    internal const int Width = 320;
    internal const int Height = 180;

    /// <summary>What the browser without sandbox is worth a word; the only line that a fault does not cause.</summary>
    private const string RootNotice =
        "helios: running as root, so the browser runs without its sandbox; use an ordinary user for pages you do not trust";

    private readonly NativeBinary _helios;
    private readonly HashSet<(int Id, string StartTime)> _seen = [];

    internal RenderPlace(NativeBinary helios, string page)
    {
        _helios = helios;
        Directory = new TestDirectory("project");
        Temporary = Path.GetFullPath(Directory.PathOf("..", "temporary"));
        _ = System.IO.Directory.CreateDirectory(Temporary);
        Directory.Write("page.html", page);
    }

    internal TestDirectory Directory { get; }

    internal string Temporary { get; }

    /// <summary>The spec as it was planned last.</summary>
    internal JsonObject Job => JsonNode.Parse(Directory.Read("job.json"))!.AsObject();

    /// <summary>Plans the page as job <c>j</c> in <c>job.json</c>; options after the small size.</summary>
    internal async Task PlanAsync(params string[] options) =>
        (
            await _helios
                .Run([
                    "export-job", "page.html", "--job", "job.json", "--job-id", "j", "--width", $"{Width}", "--height", $"{Height}", "-q",
                    .. options,
                ])
                .In(Directory)
        ).Succeeded();

    /// <summary>render-chunk of <c>job.json</c>, to be awaited.</summary>
    internal ProcessRun Render(params string[] options) => Run(["render-chunk", "job.json", .. options]);

    /// <summary>Renders every chunk of <c>job.json</c>, in one task.</summary>
    internal async Task RenderAllAsync() =>
        (await Render("--quiet").WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "1000")).Succeeded();

    /// <summary>
    /// helios in the project, to be awaited. It shows no progress unless that is asked for, since a slow machine would see more of it, and
    /// asks the page nothing unless that is what the test is about.
    /// </summary>
    internal ProcessRun Run(params string[] arguments)
    {
        bool isLong = arguments[0] is "render-chunk" or "merge-chunks" or "run-job" or "render";
        string[] silence =
            isLong && !arguments.Any(word => word.StartsWith("--progress", StringComparison.Ordinal)) ? ["--progress", "none"] : [];
        if (arguments[0] == "render" && !arguments.Any(word => word is "--probe" or "--no-probe"))
            silence = [.. silence, "--no-probe"];
        return _helios.Run([arguments[0], .. silence, .. arguments[1..]]).In(Directory)
            .WithEnvironment("TMPDIR", Temporary).WithEnvironment("PATH", KnownEncoder.PathWithIt);
    }

    /// <summary>Path of a chunk's file, as the spec says.</summary>
    internal string FileOf(int chunk) => (string)Job["chunks"]![chunk]!["output"]!;

    internal byte[] BytesOf(int chunk) => File.ReadAllBytes(FileOf(chunk));

    internal JsonObject ReceiptOf(int chunk) => JsonNode.Parse(File.ReadAllText(FileOf(chunk) + ".json"))!.AsObject();

    /// <summary>What was said beside the notice to root.</summary>
    internal static string Said(RunResult result) => result.Stderr.Replace(RootNotice + "\n", "", StringComparison.Ordinal);

    /// <summary>run-job of <c>job.json</c>, to be awaited.</summary>
    internal ProcessRun RunJob(params string[] options) => Run(["run-job", "job.json", .. options]);

    /// <summary>render-chunk, and something done to one of the processes at the first frame.</summary>
    /// <param name="disturb">Gets helios' process id.</param>
    /// <param name="options">Of render-chunk.</param>
    internal Task<RunResult> DisturbAsync(Func<int, Task> disturb, params string[] options) =>
        DisturbAsync(Render(["--progress", "json", .. options]), disturb);

    /// <summary>The same for run-job.</summary>
    internal Task<RunResult> DisturbRunAsync(Func<int, Task> disturb, params string[] options) =>
        DisturbAsync(RunJob(["--progress", "json", .. options]), disturb);

    /// <summary>The same for merge-chunks.</summary>
    internal Task<RunResult> DisturbMergeAsync(Func<int, Task> disturb, params string[] options) =>
        DisturbAsync(Run(["merge-chunks", "job.json", "--progress", "json", .. options]), disturb);

    /// <summary>The same for any run that shows progress as JSON.</summary>
    internal async Task<RunResult> DisturbAsync(ProcessRun run, Func<int, Task> disturb)
    {
        CancellationToken cancellation = TestContext.Current?.Execution.CancellationToken ?? CancellationToken.None;
        using Process process = run.Start();
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        var said = new StringBuilder();
        bool isDisturbed = false;
        while (await process.StandardError.ReadLineAsync(cancellation) is string line)
        {
            if (!line.StartsWith('{'))
            {
                _ = said.Append(line).Append('\n');
            }
            else if (
                !isDisturbed
                && (
                    line.Contains("\"event\":\"progress\"", StringComparison.Ordinal)
                    || line.Contains("\"event\":\"merge\"", StringComparison.Ordinal))
                && !line.Contains("\"frames\":0,", StringComparison.Ordinal))
            {
                isDisturbed = true;
                _ = FindProcesses(); // whoever outlives its parent is known
                await disturb(process.Id);
            }
            else if (line.Contains("\"event\":\"chunk-failed\"", StringComparison.Ordinal))
            {
                _ = said.Append(line).Append('\n');
            }
        }

        await process.WaitForExitAsync(cancellation);
        if (!isDisturbed) throw new InvalidOperationException($"the render ended before it could be disturbed: {said}");
        return new RunResult(process.ExitCode, Encoding.UTF8.GetBytes(await output), said.ToString());
    }

    internal static async Task SignalAsync(string signal, int process) => (await Signal(signal, [process])).Succeeded();

    private static ProcessRun Signal(string signal, IEnumerable<int> processes)
    {
        string all = string.Join(' ', processes.Select(process => process.ToString(CultureInfo.InvariantCulture)));
        return new ProcessRun("/bin/sh", ["-c", $"kill -s {signal} {all}"]);
    }

    /// <summary>Signals the child whose command line holds a text.</summary>
    internal async Task SignalChildAsync(string signal, Func<string, bool> isMeant)
    {
        var children = FindProcesses().Where(child => isMeant(child.CommandLine)).ToList();
        if (children.Count == 0)
        {
            throw new InvalidOperationException(
                "there is no such child; there are: " + string.Join("\n", FindProcesses().Select(child => child.CommandLine)));
        }

        // one call: the end of one may be that of another
        RunResult result = await Signal(signal, children.Select(child => child.Id));
        bool haveEnded = children.Exists(child => FindProcesses().All(left => left.Id != child.Id));
        if (result.ExitCode != 0 && !haveEnded) throw new InvalidOperationException(result.Stderr);
    }

    /// <summary>Kills everything that was started here, until none is left: what is started after the list was made is not in it.</summary>
    internal async Task KillAllAsync()
    {
        while (FindProcesses() is { Count: > 0 } found) _ = await Signal("KILL", found.Select(child => child.Id));
    }

    /// <summary>Looks at all processes while helios stands still, so that none of them is just beginning or ending.</summary>
    internal async Task WhileStoppedAsync(int helios, Action<int, string> look)
    {
        await SignalAsync("STOP", helios);
        try
        {
            foreach (var (id, commandLine) in FindProcesses()) Look(id, commandLine);
        }
        finally
        {
            await SignalAsync("CONT", helios);
        }

        void Look(int id, string commandLine)
        {
            try
            {
                look(id, commandLine);
            }
            catch (IOException)
            {
                // a process of the browser that was ending already
            }
        }
    }

    /// <summary>Waits until everything that was started here has ended; what has not in five seconds is still there afterwards.</summary>
    internal Task<bool> WaitForEndAsync() => Pace.WaitAsync(() => FindProcesses().Count == 0, quiet: 5);

    /// <summary>
    /// What should not be there after a fault: processes, temporary files, files of chunk 0. Gives the kernel a moment to bury the dead.
    /// </summary>
    internal async Task<IReadOnlyList<string>> FindRemainsAsync()
    {
        _ = await Pace.WaitAsync(() => FindProcesses().Count == 0, quiet: 5);
        return
        [
            .. FindProcesses().Select(child => child.CommandLine),
            .. System.IO.Directory.EnumerateFileSystemEntries(Temporary),
            .. System.IO.Directory.EnumerateFileSystemEntries(Directory.Path, "*temp_*", SearchOption.AllDirectories),
            .. System.IO.Directory.EnumerateFileSystemEntries(Directory.Path, "*.tmp", SearchOption.AllDirectories),
        ];
    }

    /// <summary>
    /// Processes whose TMPDIR is ours, what they started, and what was seen before and still lives: helios, its browsers
    /// and encoders. Most processes of a browser hide their environment, and without their parent nothing tells whose they are.
    /// </summary>
    internal IReadOnlyList<(int Id, string CommandLine)> FindProcesses()
    {
        var all = System.IO.Directory.EnumerateDirectories("/proc").Select(Read).OfType<ProcessFacts>().ToList();
        var ours = all.Where(process => process.IsOurs || _seen.Contains((process.Id, process.StartTime))).ToList();
        for (int known = -1; known != ours.Count;)
        {
            known = ours.Count;
            ours = [.. all.Where(process => ours.Contains(process) || ours.Any(other => other.Id == process.Parent))];
        }

        _seen.UnionWith(ours.Select(process => (process.Id, process.StartTime)));
        return [.. ours.Select(process => (process.Id, process.CommandLine))];
    }

    private ProcessFacts? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)) return null;
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // state, parent, …, start time
            if (fields[0] is "Z" or "X") return null;
            string commandLine = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            bool isOurs = commandLine.Contains(Temporary, StringComparison.Ordinal)
                || File.ReadAllText(Path.Combine(folder, "environ")).Contains("TMPDIR=" + Temporary, StringComparison.Ordinal);
            return new ProcessFacts(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], commandLine, isOurs);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile, or another user's
        }
    }

    public void Dispose() => Directory.Dispose();

    private sealed record ProcessFacts(int Id, int Parent, string StartTime, string CommandLine, bool IsOurs);
}
