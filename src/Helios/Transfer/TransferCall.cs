using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Transfer.Programs;

namespace Helios.Transfer;

/// <summary>One call of a transfer program, with its retries. May be used on several threads at once.</summary>
/// <param name="program">The program.</param>
/// <param name="interrupts">End it.</param>
internal sealed class TransferCall(TransferProgram program, Interrupts interrupts)
{
    private const int Slice = 50;
    private const int Attempts = 6; // with pauses of 1, 2, 4, 8 and 16 s
    private const int LongestLine = 64 * 1024; // a list has a key of at most 1,024 bytes in each
    private const string Notice = " NOTICE: "; // of rclone: such as that there is no file of settings
    private const int ReadTimeout = 10_000;
    private const long SlowestRate = 50_000; // bytes a second: a program that needs longer hangs

    /// <summary>Longest time of a call besides that of its bytes, ms.</summary>
    internal int Patience { get; init; } = 600_000;

    /// <summary>Before the second attempt, ms; doubled before each further one.</summary>
    internal int FirstPause { get; init; } = 1000;

    /// <summary>Calls the program until it succeeds, or fails for a reason that does not pass in seconds.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="doing">Completes <c>aws cannot …</c>.</param>
    /// <param name="url">What it is asked for.</param>
    /// <param name="isPut">Whether it writes to the store.</param>
    /// <param name="bytes">Bytes to copy, as far as known.</param>
    /// <param name="onLine">Receives the lines of its stdout; called again from the first one in a further attempt.</param>
    /// <param name="onAttempt">Called before each attempt.</param>
    /// <exception cref="HeliosException">
    /// 66: missing, or no right to read it; 69: the program cannot be started; 73: no bucket, or no right to write; 75; 130, 143.
    /// </exception>
    internal void Run(IReadOnlyList<string> arguments, string doing, string url, bool isPut = false, long bytes = 0,
        Action<string>? onLine = null, Action? onAttempt = null)
    {
        int pause = FirstPause;
        for (int attempt = 1; ; attempt++, pause *= 2)
        {
            onAttempt?.Invoke();
            if (RunOnce(arguments, doing, url, bytes, onLine) is not var (code, said)) return;
            TransferFault fault = TransferWords.Find(program, code, said, [.. arguments]);
            if (fault == TransferFault.Throttled && attempt < Attempts) Rest(pause);
            else throw ToException(fault, code, said, doing, url, isPut);
        }
    }

    /// <summary>The exit code and the last words of a program that failed; null for one that did not.</summary>
    private (int Code, string Said)? RunOnce(IReadOnlyList<string> arguments, string doing, string url, long bytes, Action<string>? onLine)
    {
        interrupts.ThrowIfRequested();
        long limit = Patience + (bytes * 1000 / SlowestRate);
        long start = Stopwatch.GetTimestamp();
        using ChildProcess process = ChildProcess.StartTied(program.Path, arguments,
            [new ChildPipe(1, IsOutput: true), new ChildPipe(2, IsOutput: true)]);
        using var output = new TailReader(process.Pipe(0), onLine, longestLine: LongestLine);
        using var errors = new TailReader(process.Pipe(1), noise: Notice);
        int? code;
        while ((code = process.Wait(Slice)) is null)
        {
            interrupts.ThrowIfRequested();
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds < limit) continue;
            throw new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture,
                $"{program.Name} cannot {doing}: it has not ended after {limit / 1000} s{After(errors.Text)}"), url, "run it again");
        }

        interrupts.ThrowIfRequested(); // a shutdown of the machine signals the program, too
        bool isHeard = output.Join(ReadTimeout) & errors.Join(ReadTimeout);
        if (code == 0 && isHeard) return null;
        string said = errors.Text.Length > 0 || onLine is not null ? errors.Text : output.Text; // azcopy says it on stdout
        return (code.Value, said);
    }

    private void Rest(int milliseconds)
    {
        for (int rest = milliseconds; rest > 0; rest -= Slice)
        {
            interrupts.ThrowIfRequested();
            Thread.Sleep(Math.Min(rest, Slice));
        }
    }

    private HeliosException ToException(TransferFault fault, int code, string said, string doing, string url, bool isPut)
    {
        bool isUnstarted = code == (int)ExitCode.Unavailable && said.Contains("cannot be started", StringComparison.Ordinal);
        if (isUnstarted)
            return new(ExitCode.Unavailable, $"{program.Name} cannot be started{After(said)}", program.Path, "install it again");
        string number = code.ToString(CultureInfo.InvariantCulture);
        string what = $"{program.Name} cannot {doing}, exit code {number}{After(ErrorText.OneLine(said))}";
        return fault switch
        {
            TransferFault.Missing => new(isPut ? ExitCode.CantCreate : ExitCode.NoInput, what, url,
                isPut ? "check the bucket's name" : "check the address; helios push uploads a job and its project"),
            TransferFault.Denied => new(isPut ? ExitCode.CantCreate : ExitCode.NoInput, what, url,
                $"sign in with {program.Name}, and give the account the right to {(isPut ? "write" : "read and list")} there"),
            _ => new(ExitCode.Temporary, what, url, "run it again"),
        };
    }

    private static string After(string said) => said.Length > 0 ? ": " + said : "";
}
