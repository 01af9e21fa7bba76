using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// A running ffmpeg. The only class that starts one: ties its life to helios, watches it for stalls, and turns its end into an
/// error. Wait for it on one thread; other threads read its output.
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

    /// <summary>Our end of its standard input, if piped; dispose it to end the input.</summary>
    internal PipeEnd Input => _process.Pipe(2);

    /// <summary>Frames that it has finished, as it reports them.</summary>
    internal long Frames => Interlocked.Read(ref _frames);

    /// <summary>Time since its last sign of life: a frame or a time that it had not reported before, or, for a query, any line.</summary>
    internal double SilentMilliseconds => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastSign)).TotalMilliseconds;

    /// <summary>Whether it has ended with another code than 0.</summary>
    internal bool HasFailed => _process.TryGetExitCode() is int code and not 0;

    private int StallTimeout => _command.StallTimeout ?? _program.StallTimeout;

    private string Where => _command.Where?.Invoke() ?? _program.Path;

    /// <summary>Runs a query to its end.</summary>
    /// <returns>How it ended, which may be part of the answer.</returns>
    /// <exception cref="HeliosException">As <see cref="WaitForAnswer"/>.</exception>
    internal static FfmpegEnd Ask(FfmpegProgram program, FfmpegCommand command)
    {
        using var ffmpeg = new FfmpegProcess(program, command);
        return ffmpeg.WaitForAnswer();
    }

    /// <summary>Restarts the stall watch: from now on ffmpeg has work.</summary>
    internal void NoteSign() => _ = Interlocked.Exchange(ref _lastSign, Stopwatch.GetTimestamp());

    /// <summary>Throws when waiting is pointless. Called often by the thread that waits.</summary>
    /// <param name="silence">ms for which it has been silent; null for <see cref="SilentMilliseconds"/>.</param>
    /// <exception cref="HeliosException">69, 74, 75: it failed or hangs; 130, 143: interrupted.</exception>
    internal void Check(double? silence = null)
    {
        _program.Interrupts.ThrowIfRequested();
        if (_process.TryGetExitCode() is int code and not 0) throw ToException(MakeEnd(code));
        CheckSilence(silence ?? SilentMilliseconds);
    }

    /// <summary>Waits until it has ended and all of its output is read.</summary>
    /// <param name="check">Called repeatedly while it runs.</param>
    internal FfmpegEnd WaitForEnd(Action check)
    {
        int? code;
        while ((code = _process.Wait(_program.Slice)) is null) check();
        _program.Interrupts.ThrowIfRequested(); // a shutdown of the machine signals ffmpeg, too
        return MakeEnd(code.Value);
    }

    /// <summary>Throws unless all of its output is written.</summary>
    /// <exception cref="HeliosException">69, 74, 75: it failed.</exception>
    internal void ThrowIfFailed(FfmpegEnd end)
    {
        if (end.IsFailure(_command.Folder)) throw ToException(end);
        if (!end.IsHeard) throw Unheard();
    }

    /// <summary>
    /// Waits for the end of a query. Only the output of an ffmpeg that ended by itself is an answer; one that hangs, is killed,
    /// or whose output was not read to its end gives none.
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

    /// <summary>The error of an ffmpeg that has closed its input, which it does only when it ends.</summary>
    /// <param name="what">Completes <c>ffmpeg …</c> for one that still runs.</param>
    internal HeliosException OnInputClosed(string what) =>
        _process.Wait(_program.ReadTimeout) is int code ? ToException(MakeEnd(code)) : Fail(what);

    /// <summary>A temporary error.</summary>
    /// <param name="what">Completes <c>ffmpeg …</c>.</param>
    internal HeliosException Fail(string what) =>
        new(ExitCode.Temporary, $"{_command.Name} {what}{After(_errors.Text)}", Where, _command.Fix);

    /// <summary>Kills it at once.</summary>
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
        if (end.IsKilled) return new HeliosException(ExitCode.Temporary, what, Where, _command.Fix); // its other messages follow from that
        if (end.IsIoError) return new HeliosException(ExitCode.IoError, what, Where, "check the disk, then run it again");
        bool isUnable = Frames == 0 && end.IsUnable; // after a first frame it is clearly able
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

    /// <summary>Parses a line of <c>-progress</c>. These lines come even while ffmpeg makes no progress.</summary>
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
