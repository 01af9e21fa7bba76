using System;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Plan;
using Helios.Render;

namespace Helios.Progress;

/// <summary>
/// Shows progress to people: one redrawn line on a terminal, a line every few seconds in a log; warnings in every mode, summaries
/// unless quiet.
/// </summary>
/// <param name="mode">Any but JSON.</param>
/// <param name="isQuiet">Whether summaries are omitted.</param>
/// <param name="write">Receives the text to print, including line breaks.</param>
/// <param name="clock">Monotonic time, ms.</param>
internal sealed class TextProgress(ProgressMode mode, bool isQuiet, Action<string> write, Func<long> clock) : ProgressSink
{
    private const int TerminalPeriod = 100; // ms
    private const int LogPeriod = 5000;

    private readonly Throttle _throttle = new(
        mode switch { ProgressMode.Terminal => TerminalPeriod, ProgressMode.Plain => LogPeriod, _ => null }, clock);
    private bool _isOpen;

    internal override void Report(ProgressEvent happened)
    {
        switch (happened)
        {
            case Warned said: Close(); WriteLine(ErrorText.OneLine(said.Text)); break;
            case Noted said: Summarize(ErrorText.OneLine(said.Text)); break;
            case Failed: Close(); break;
            case PageProbed said: Summarize(ErrorText.OneLine(said.Text)); break;
            case CaptureChosen { Trial: var trial }: Summarize($"capture {trial.Capture}: {ErrorText.OneLine(trial.Reason)}"); break;
            case WorkersChosen said:
                Summarize($"{JobPlan.Count(said.Workers, "worker")} for {JobPlan.Count(said.Chunks, "chunk")}: {said.Reason}");
                break;
            case PageTried said: Summarize(Describe(said)); break;
            case PrerollAdvanced said:
                Show(said.Frames == said.TotalFrames,
                    () => string.Create(CultureInfo.InvariantCulture,
                        $"{Unit} {said.Chunk}: {said.Frames}/{said.TotalFrames} frames before it"));
                break;
            case ChunkAdvanced said:
                Show(said.Frames == said.TotalFrames,
                    () => string.Create(CultureInfo.InvariantCulture,
                        $"{Unit} {said.Chunk}: {Describe(said.Frames, said.TotalFrames, said.Rate)}"));
                break;
            case ChunkSkipped said:
                Summarize(string.Create(CultureInfo.InvariantCulture,
                    $"{Unit} {said.Chunk}: complete already, {ErrorText.OneLine(said.Output)}"));
                break;
            case ChunkFinished { Output: string output } said: Summarize(Describe(said, output)); break;
            case ChunkFailed said: Summarize(Describe(said)); break;
            case RowFailed said: Close(); WriteLine(ErrorText.OneLine($"row {said.Row} failed: {said.Error.Message}")); break;
            case StillFinished said:
                Summarize(string.Create(CultureInfo.InvariantCulture,
                    $"frame {said.Frame} in {said.Timings.TotalMs / 1000.0:0.0} s → {ErrorText.OneLine(said.Output)}"));
                break;
            case SheetFinished said:
                Summarize(string.Create(CultureInfo.InvariantCulture,
                    $"contact sheet of {said.Frames} frames → {ErrorText.OneLine(said.Output)}"));
                break;
            case RunStarted { Status.ReusedChunks: > 0 } said: Summarize(RunText.DescribeReused(said.Status)); break;
            case RunAdvanced said:
                Show(isEnd: false, () => (mode == ProgressMode.Terminal ? RunText.Bar(said.Status) : "") + RunText.Describe(said.Status));
                break;
            case RunFinished said: Summarize(RunText.Summarize(said.Status)); break;
            case MergeAdvanced { Rate: double rate } said:
                Show(said.Frames == said.TotalFrames, () => "merge: " + Describe(said.Frames, said.TotalFrames, rate));
                break;
            case MergeAdvanced said:
                Show(isEnd: false, () => string.Create(CultureInfo.InvariantCulture, $"merging: {said.Frames}/{said.TotalFrames} frames"));
                break;
            case MergeFinished said: Summarize(Describe(said)); break;
        }
    }

    internal override void Close()
    {
        if (_isOpen) write("\r\e[K");
        _isOpen = false;
    }

    private static string Describe(long frames, long total, double rate) => string.Create(CultureInfo.InvariantCulture,
        $"{frames}/{total} frames, {rate:0.0} fps, {(total - frames) / Math.Max(0.001, rate):0} s left");

    private static string Describe(PageTried said)
    {
        PageTrial trial = said.Trial;
        string observer = trial.Observer is null ? "" : $" (what observes them: {ErrorText.OneLine(trial.Observer)})";
        string found = trial.Result switch
        {
            TrialResult.Jumps => "chunks may begin anywhere: nothing in the page observes frames, or a hook takes it to them",
            TrialResult.StandsStill => "the compared frames are all equal, so the frames before a chunk are run" + observer,
            TrialResult.DependsOnTime => "the page depends on time alone: the compared frames are the same after a jump",
            _ => string.Create(CultureInfo.InvariantCulture,
                $"the page depends on the frames before: frame {trial.DifferentFrame} is another after a jump{observer}"),
        };
        string history = said.Typed is null ? $"; history {trial.History.Name}" : "";
        string preroll = trial.IsReplayed(said.Typed)
            ? string.Create(CultureInfo.InvariantCulture, $", a frame before a chunk {trial.Preroll.TotalMilliseconds:0.0} ms")
            : "";
        double capture = trial.Capture.TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"{found}{history}; start {trial.Start.TotalSeconds:0.0} s{preroll}, "
                + $"a frame in a chunk {capture:0.0} ms ({1000 / Math.Max(0.001, capture):0} fps); "
                + $"beyond {JobPlan.Count(said.UsefulShards, "shard")} twice as many save less than a tenth of the time");
    }

    private string Describe(ChunkFinished said, string output)
    {
        double seconds = said.Timings.TotalMs / 1000.0;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Unit} {said.Chunk}: {said.Frames} frames in {seconds:0.0} s ({said.Frames / seconds:0.0} fps)"
                + $" → {ErrorText.OneLine(output)}");
    }

    private string Describe(ChunkFailed said) => string.Create(CultureInfo.InvariantCulture,
        $"{Unit} {said.Chunk}: attempt {said.Attempt} failed: {ErrorText.OneLine(said.Error.What)} "
            + $"({ErrorText.OneLine(said.Error.Where)}); again in {said.Delay / 1000} s");

    private static string Describe(MergeFinished said) => string.Create(CultureInfo.InvariantCulture,
        $"{JobPlan.Count(said.Result.Frames, "frame")} of {JobPlan.Count(said.Result.Chunks, "chunk")} merged in "
            + $"{said.Result.Milliseconds / 1000.0:0.0} s → {ErrorText.OneLine(said.Result.Output)}");

    /// <param name="isEnd">Shown at once on a terminal; in a log the summary follows.</param>
    /// <param name="describe">Makes the line.</param>
    private void Show(bool isEnd, Func<string> describe)
    {
        if (!_throttle.IsDue(isEnd && mode == ProgressMode.Terminal)) return;
        if (mode == ProgressMode.Plain) WriteLine(describe());
        else write("\r\e[K" + describe());
        _isOpen = mode == ProgressMode.Terminal;
    }

    private void Summarize(string text)
    {
        Close();
        if (!isQuiet) WriteLine(text);
    }

    private void WriteLine(string text) => write(text + "\n");
}
