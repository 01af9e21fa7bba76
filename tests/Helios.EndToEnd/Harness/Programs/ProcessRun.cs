using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TUnit.Core;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// A process to run, described step by step; awaiting it runs it to its end. Its environment is that of the tests
/// without anything that helios reads, and signals do what they do by default, also where the tests run in the background of
/// a shell, which ignores SIGINT there. The test's time limit kills it, with its children.
/// </summary>
public sealed record ProcessRun(string Program, ImmutableArray<string> Arguments)
{
    private static readonly string[] s_engineVariables =
    [
        "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX", "BATCH_TASK_INDEX", "CLOUD_RUN_TASK_INDEX", "SLURM_ARRAY_TASK_ID",
        "NOMAD_ALLOC_INDEX", "CUE_IFRAME", "PBS_ARRAY_INDEX", "PBS_ARRAYID", "LSB_JOBINDEX", "SGE_TASK_ID",
    ];

    private static readonly string[] s_browserVariables =
    [
        "CHROME_PATH", "PUPPETEER_EXECUTABLE_PATH", "PUPPETEER_CACHE_DIR", "PLAYWRIGHT_BROWSERS_PATH",
    ];

    private string Directory { get; init; } = Path.GetTempPath();

    private ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    private Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>In a directory; else in that of temporary files.</summary>
    public ProcessRun In(string directory) => this with { Directory = directory };

    public ProcessRun In(TestDirectory directory) => In(directory.Path);

    public ProcessRun WithEnvironment(string name, string value) => this with { Environment = Environment.SetItem(name, value) };

    public ProcessRun WithInput(string text) => WithInput(Encoding.UTF8.GetBytes(text));

    public ProcessRun WithInput(byte[] bytes) => WithInput((stream, cancellation) => stream.WriteAsync(bytes, cancellation).AsTask());

    /// <summary>Writes stdin while the process runs; that it stops reading is not an error.</summary>
    public ProcessRun WithInput(Func<Stream, CancellationToken, Task> write) => this with { Input = write };

    /// <summary>The same command line behind another program, such as <c>setpriv … --</c>.</summary>
    public ProcessRun Under(string program, params string[] arguments) =>
        this with
        {
            Program = program,
            Arguments = [.. arguments, Program, .. Arguments],
        };

    public TaskAwaiter<RunResult> GetAwaiter() => RunAsync().GetAwaiter();

    public async Task<RunResult> RunAsync()
    {
        CancellationToken cancellation = TestContext.Current?.Execution.CancellationToken ?? CancellationToken.None;
        using Process process = Start();
        using var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        await WriteInputAsync(process, cancellation);
        await Task.WhenAll(reading, errors, process.WaitForExitAsync(cancellation));
        return new RunResult(process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>Starts the process for tests that signal it; the caller disposes it.</summary>
    /// <param name="outlivesTest">Whether other tests use it, too, so that the time limit of this one is none of its own.</param>
    public Process Start(bool outlivesTest = false)
    {
        // what is ignored stays ignored through exec; env becomes the program, so the process id is the program's
        var start = new ProcessStartInfo("env", ["--default-signal", Program, .. Arguments])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string name in ImmutableArray.CreateRange(start.Environment.Keys))
        {
            // the engines' variables, browsers', and what the test runner sets for its own .NET
            if (
                name.StartsWith("HELIOS_", StringComparison.Ordinal)
                || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                || Array.IndexOf(s_engineVariables, name) >= 0
                || Array.IndexOf(s_browserVariables, name) >= 0)
            {
                start.Environment.Remove(name);
            }
        }

        foreach (var (name, value) in Environment) start.Environment[name] = value;
        Process process;
        lock (ProgramFile.Starting) process = Process.Start(start)!;
        if (!outlivesTest) _ = TestContext.Current?.Execution.CancellationToken.Register(() => Kill(process));
        return process;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended, and the test has disposed it
        }
    }

    private async Task WriteInputAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            if (Input is not null) await Input(process.StandardInput.BaseStream, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // the process had seen enough
        }
    }
}
