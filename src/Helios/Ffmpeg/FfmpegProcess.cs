using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// An ffmpeg at work. The only class that starts one: so that it ends with helios, watched for silence, its end turned into
/// an error. Wait for it on one thread; its output is read on others.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    private readonly FfmpegProgram _program;
    private readonly FfmpegCommand _command;
    private readonly ChildProcess _process;
    private readonly TailReader _output;
    private readonly TailReader _errors;
    private string _time = "";
    private long _frames;
    private long _lastSign = Stopwatch.GetTimestamp();

    /// <exception cref="HeliosException">69: it cannot be started; 74: no descriptors left.</exception>
    internal FfmpegProcess(FfmpegProgram program, FfmpegCommand command)
    {
        _program = program;
        _command = command;
        ChildPipe output = new(1, IsOutput: true), errors = new(2, IsOutput: true);
        ReadOnlySpan<ChildPipe> pipes = command.Input == FfmpegInput.None ? [output, errors]
            : [output, errors, new(0, IsOutput: false, IsLarge: command.Input == FfmpegInput.Frames)];
        _process = ChildProcess.StartTied(program.Path, command.Arguments, pipes);
        _output = new TailReader(_process.Pipe(0), OnOutput, longestLine: command.LongestLine, lines: 0);
        _errors = new TailReader(_process.Pipe(1), OnError, lines: command.TailLines);
    }

    /// <summary>Our end of its standard input, if it has one; dispose it to end the input.</summary>
    internal PipeEnd Input => _process.Pipe(2);

    /// <summary>Frames that it has finished, by its own words.</summary>
    internal long Frames => Interlocked.Read(ref _frames);

    /// <summary>
    /// Time since its last sign of life: a frame or a time that it had not said before, or any line where it was asked something.
    /// </summary>
    internal double SilentMilliseconds => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastSign)).TotalMilliseconds;

    /// <summary>Whether it has ended, and not with 0.</summary>
    internal bool HasFailed => _process.TryGetExitCode() is int code and not 0;

    private int StallTimeout => _command.StallTimeout ?? _program.StallTimeout;

    private string Where => _command.Where?.Invoke() ?? _program.Path;

    /// <summary>Runs one that is asked something to its end.</summary>
    /// <returns>How it ended, which may be part of the answer.</returns>
    /// <exception cref="HeliosException">As <see cref="WaitForAnswer"/>.</exception>
    internal static FfmpegEnd Ask(FfmpegProgram program, FfmpegCommand command)
    {
        using var ffmpeg = new FfmpegProcess(program, command);
        return ffmpeg.WaitForAnswer();
    }

    /// <summary>Begins to measure its silence anew: from now on something is expected of it.</summary>
    internal void NoteSign() => _ = Interlocked.Exchange(ref _lastSign, Stopwatch.GetTimestamp());

    /// <summary>Throws when there is nothing to wait for any more. Called often by the thread that waits.</summary>
    /// <param name="silence">ms for which it has been silent; null for <see cref="SilentMilliseconds"/>.</param>
    /// <exception cref="HeliosException">69, 74, 75: it failed or hangs; 130, 143: interrupted.</exception>
    internal void Check(double? silence = null)
    {
        _program.Interrupts.ThrowIfRequested();
        if (_process.TryGetExitCode() is int code and not 0) throw ToException(MakeEnd(code));
        CheckSilence(silence ?? SilentMilliseconds);
    }

    /// <summary>Waits until it has ended and all that it said is read.</summary>
    /// <param name="check">Called again and again while it runs.</param>
    internal FfmpegEnd WaitForEnd(Action check)
    {
        int? code;
        while ((code = _process.Wait(_program.Slice)) is null) check();
        _program.Interrupts.ThrowIfRequested(); // a machine that shuts down signals it, too
        return MakeEnd(code.Value);
    }

    /// <summary>Throws unless all that it was to write is written.</summary>
    /// <exception cref="HeliosException">69, 74, 75: it failed.</exception>
    internal void ThrowIfFailed(FfmpegEnd end)
    {
        if (end.IsFailure(_command.Folder)) throw ToException(end);
        if (!end.IsHeard) throw Unheard();
    }

    /// <summary>
    /// Waits for the end of one that is asked something. Only what it said before it ended on its own account is an answer: one
    /// that hangs, is killed, or is not heard to its end has said nothing.
    /// </summary>
    /// <exception cref="HeliosException">
    /// 69: it did not start; 74: it failed to read or write; 75: it was killed or hangs; 130, 143: interrupted.
    /// </exception>
    internal FfmpegEnd WaitForAnswer()
    {
        FfmpegEnd end = WaitForEnd(() =>
        {
            _program.Interrupts.ThrowIfRequested();
            CheckSilence(SilentMilliseconds);
        });
        bool hasFailed = end.Code != 0 && (end.IsDiskFull(_command.Folder) || end.IsIoError);
        if (end.IsKilled || end.IsUnstarted || hasFailed) throw ToException(end);
        return end.IsHeard ? end : throw Unheard();
    }

    /// <summary>The error of one that has closed its input, which it does only when it ends.</summary>
    /// <param name="what">Completes <c>ffmpeg …</c> for one that runs on.</param>
    internal HeliosException OnInputClosed(string what) =>
        _process.Wait(_program.ReadTimeout) is int code ? ToException(MakeEnd(code)) : Fail(what);

    /// <summary>The error of something that may pass.</summary>
    /// <param name="what">Completes <c>ffmpeg …</c>.</param>
    internal HeliosException Fail(string what) =>
        new(ExitCode.Temporary, $"{_command.Name} {what}{After(_errors.Text)}", Where, _command.Fix);

    /// <summary>Ends it, at once.</summary>
    internal void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _output.Dispose();
        _errors.Dispose();
        _process.Dispose();
    }

    private static string After(string said) => said.Length > 0 ? ": " + said : "";

    private FfmpegEnd MakeEnd(int code)
    {
        bool isHeard = _output.Join(_program.ReadTimeout) & _errors.Join(_program.ReadTimeout);
        return new FfmpegEnd(code, _errors.Text, isHeard);
    }

    private HeliosException ToException(FfmpegEnd end)
    {
        string said = After(end.Said);
        if (end.IsUnstarted)
            return new HeliosException(ExitCode.Unavailable, $"{_command.Name} cannot be started{said}", _program.Path, EncoderFinder.Fix);
        string code = end.Code.ToString(CultureInfo.InvariantCulture);
        string what = $"{_command.Name} ended with exit code {code} {_command.Doing()}{said}";
        if (end.IsDiskFull(_command.Folder))
            return new HeliosException(ExitCode.IoError, what, Where, "make room, then run it again", reason: Reason.DiskFull);
        if (end.IsKilled) return new HeliosException(ExitCode.Temporary, what, Where, _command.Fix); // its other words are of that
        if (end.IsIoError) return new HeliosException(ExitCode.IoError, what, Where, "check the disk, then run it again");
        bool isUnable = Frames == 0 && end.IsUnable; // once there is a frame it can do it
        return isUnable ? new HeliosException(ExitCode.Unavailable, what, Where, _command.UnableFix)
            : new HeliosException(ExitCode.Temporary, what, Where, _command.Fix);
    }

    private HeliosException Unheard() =>
        new(ExitCode.Temporary, $"what {_command.Name} says does not come to its end", Where, _command.Fix);

    private void CheckSilence(double silence)
    {
        if (silence < StallTimeout) return;
        string seconds = (StallTimeout / 1000).ToString(CultureInfo.InvariantCulture);
        string what = $"{_command.Name} {_command.Idle} for {seconds} s{After(_errors.Text)}";
        throw new HeliosException(ExitCode.Temporary, what, Where, _command.StallFix ?? _command.Fix);
    }

    private void OnOutput(string line)
    {
        if (_command.OnOutput is null)
        {
            ReadProgress(line);
            return;
        }

        NoteSign();
        _command.OnOutput(line);
    }

    private void OnError(string line)
    {
        if (_command.OnOutput is not null) NoteSign();
        _command.OnError?.Invoke(line);
    }

    /// <summary>A line of <c>-progress</c>. They come also while nothing is done.</summary>
    private void ReadProgress(string line)
    {
        const string Name = "frame=";
        if (line.StartsWith("out_time=", StringComparison.Ordinal) && line != _time)
        {
            _time = line; // audio may take longer than the frames
            NoteSign();
        }

        if (!line.StartsWith(Name, StringComparison.Ordinal)) return;
        if (!DecimalText.TryParseDigits(line.AsSpan(Name.Length).Trim(), out long frames)) return;
        if (Interlocked.Exchange(ref _frames, frames) != frames) NoteSign();
    }
}
