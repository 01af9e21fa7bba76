using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Run;

/// <summary>
/// The program of <c>--then</c>, which is run when the verified video is in its place: it reports the video, or moves it elsewhere.
/// Its arguments are a list and the job's values are in its environment, so that no shell reads either. It runs before chunk files are
/// deleted: when it fails, the same command repeats it without rendering.
/// </summary>
/// <param name="path">The program.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class ThenProgram(string path, IReadOnlyList<string> arguments)
{
    internal const int DefaultTimeout = 600; // s; a webhook takes seconds, an upload minutes

    private const int Slice = 50;
    private const int Grace = 1000; // after SIGTERM, ms
    private const string Repeat = "the video is in its place; run it again to repeat this";

    /// <summary>Whether its failure is a warning.</summary>
    internal bool IsOptional { get; init; }

    /// <summary>Longest time, ms.</summary>
    internal int Timeout { get; init; } = DefaultTimeout * 1000;

    private string Name => Path.GetFileName(path);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="file">The video, on this machine.</param>
    /// <param name="output">Where it is for others: its path, or its address in a store.</param>
    /// <param name="interrupts">End it.</param>
    /// <param name="warn">Receives the failure of one that is optional.</param>
    /// <exception cref="HeliosException">75: it failed, or did not end in time; 130, 143.</exception>
    internal void Run(JobSpec spec, string file, string output, Interrupts interrupts, Action<string> warn)
    {
        string digest = spec.Container.IsSequence ? "" : DigestOf(file, interrupts);
        string? failure = RunOnce(interrupts,
        [
            "HELIOS_JOB_ID=" + spec.JobId,
            "HELIOS_OUTPUT=" + output,
            "HELIOS_DIGEST=" + digest,
            "HELIOS_FRAMES=" + spec.TotalFrames.ToString(CultureInfo.InvariantCulture),
        ]);
        if (failure is null) return;
        string what = $"{Name}, the program of --then, {failure}";
        if (!IsOptional) throw new HeliosException(ExitCode.Temporary, what, output, Repeat + ", or give --then-optional");
        warn($"{what} ({output}); the video is in its place");
    }

    private string? RunOnce(Interrupts interrupts, string[] variables)
    {
        Check(interrupts);
        long start = Stopwatch.GetTimestamp();
        using ChildProcess process = ChildProcess.StartTied(path, arguments,
            [new ChildPipe(1, IsOutput: true), new ChildPipe(2, IsOutput: true)], variables);
        using var output = new TailReader(process.Pipe(0));
        using var errors = new TailReader(process.Pipe(1));
        try
        {
            int? code;
            while ((code = process.Wait(Slice)) is null)
            {
                Check(interrupts);
                if (Stopwatch.GetElapsedTime(start).TotalMilliseconds < Timeout) continue;
                return string.Create(CultureInfo.InvariantCulture,
                    $"has not ended after {Timeout / 1000} s (--then-timeout){After(errors, output)}");
            }

            Check(interrupts); // a shutdown of the machine signals the program, too
            return code == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"failed, exit code {code}{After(errors, output)}");
        }
        finally
        {
            process.Terminate();
            _ = process.Wait(Grace);
            process.Kill(); // before the readers are stopped: its children may hold the pipes
        }
    }

    private static void Check(Interrupts interrupts)
    {
        if (interrupts.Count > 0) throw interrupts.ToException(Repeat);
    }

    private static string DigestOf(string file, Interrupts interrupts)
    {
        using FileStream stream = InputFile.OpenFile(file, file);
        return "sha256:" + Sha256.HashStream(stream, () => Check(interrupts));
    }

    /// <summary>Most programs say on stderr why they fail, some on stdout.</summary>
    private static string After(TailReader errors, TailReader output)
    {
        string said = errors.Text.Length > 0 ? errors.Text : output.Text;
        return said.Length > 0 ? ": " + ErrorText.OneLine(said) : "";
    }
}
