using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Ffmpeg;

/// <summary>
/// An ffmpeg that is asked something and ends by itself. Only what it said before it ended on its own account is an answer:
/// one that hangs, is killed, or is not heard to its end has said nothing.
/// </summary>
internal sealed class FfmpegQuestion(string encoderPath, Interrupts interrupts)
{
    private const int StallTimeout = 120_000; // ms without a word
    private const int ReadTimeout = 10_000; // ms in which the last words are read after its end, on a busy machine
    private const int Slice = 100;
    private const int MostSaid = 400;

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="where">The file that it is about.</param>
    /// <param name="onOutput">Gets each line of its output, on another thread; no more when this returns.</param>
    /// <param name="onError">Likewise of its errors.</param>
    /// <returns>Its exit code, and the end of what it said.</returns>
    /// <exception cref="HeliosException">74: it failed to read or write; 75: it was killed or hangs; 130, 143: interrupted.</exception>
    internal (int Code, string Said) Ask(
        IReadOnlyList<string> arguments, string where, Action<string>? onOutput = null, Action<string>? onError = null)
    {
        string said = "";
        long lastWord = Stopwatch.GetTimestamp();
        ReadOnlySpan<ChildPipe> pipes = [new(1, IsOutput: true), new(2, IsOutput: true)];
        using ChildProcess process = ChildProcess.Start(encoderPath, arguments, pipes);
        using var output = new TailReader(process.Pipe(0), OnOutput);
        using var errors = new TailReader(process.Pipe(1), OnError);
        int? code;
        while ((code = process.Wait(Slice)) is null)
        {
            interrupts.ThrowIfRequested();
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref lastWord)).TotalMilliseconds <= StallTimeout) continue;
            throw Temporary(string.Create(CultureInfo.InvariantCulture, $"ffmpeg said nothing of a file for {StallTimeout / 1000} s"), where);
        }

        interrupts.ThrowIfRequested(); // a machine that shuts down signals it, too
        bool isHeard = output.Join(ReadTimeout) & errors.Join(ReadTimeout);
        if (!isHeard) throw Temporary("what ffmpeg says of a file does not come to its end", where);
        string what = string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with exit code {code} when asked of a file");
        if (said.Length > 0) what += ": " + said;
        if (FfmpegEnd.IsKilled(code.Value)) throw Temporary(what, where);
        if (code != 0 && FfmpegEnd.IsIoError(code.Value, said))
            throw new HeliosException(ExitCode.IoError, what, where, "check the disk, then run it again");
        return (code.Value, said);

        void OnOutput(string line)
        {
            _ = Interlocked.Exchange(ref lastWord, Stopwatch.GetTimestamp());
            onOutput?.Invoke(line);
        }

        void OnError(string line)
        {
            _ = Interlocked.Exchange(ref lastWord, Stopwatch.GetTimestamp());
            said = said.Length == 0 || said.Length + line.Length > MostSaid ? line : $"{said} | {line}";
            onError?.Invoke(line);
        }
    }

    /// <summary>The error of an answer that says nothing.</summary>
    internal static HeliosException Temporary(string what, string where) =>
        new(ExitCode.Temporary, what, where, "run it again; if it stays, look at what ffmpeg says of it");
}
