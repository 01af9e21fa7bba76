using System.Text;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Page;
using Helios.Progress;

namespace Helios.Tests.Progress;

internal sealed class TextProgressTests
{
    private const string Erase = "\r\e[K";

    private readonly StringBuilder _text = new();
    private long _time;

    private static ReceiptTimings TwoSeconds => new() { LoadMs = 100, PrerollMs = 200, CaptureMs = 300, TotalMs = 2000 };

    [Test]
    public async Task A_terminal_has_one_line_that_is_drawn_over_ten_times_a_second_and_at_the_end()
    {
        TextProgress progress = Make(ProgressMode.Terminal);

        Advance(progress, 100, 1);
        Advance(progress, 50, 2);
        Advance(progress, 60, 3);
        Advance(progress, 1, 4);
        progress.Report(new ChunkFinished(7, 4, 99, TwoSeconds, "a.mov"));

        await Assert
            .That(_text.ToString())
            .IsEqualTo(
                $"{Erase}chunk 7: 1/4 frames, 2.0 fps, 2 s left{Erase}chunk 7: 3/4 frames, 2.0 fps, 1 s left{Erase}chunk 7: 4/4 frames, 2.0 fps, 0 s left"
                    + $"{Erase}chunk 7: 4 frames in 2.0 s (2.0 fps) → a.mov\n");
    }

    [Test]
    public async Task A_log_has_a_line_every_five_seconds_and_none_at_the_end_but_the_summary()
    {
        TextProgress progress = Make(ProgressMode.Plain);

        Advance(progress, 4999, 1);
        Advance(progress, 1, 2);
        Advance(progress, 4000, 4);
        progress.Report(new ChunkFinished(7, 4, 99, TwoSeconds, "a.mov"));

        await Assert
            .That(_text.ToString())
            .IsEqualTo("chunk 7: 2/4 frames, 2.0 fps, 1 s left\nchunk 7: 4 frames in 2.0 s (2.0 fps) → a.mov\n");
    }

    [Test]
    [Arguments(false, "helios: careful\nchunk 7: 4 frames in 2.0 s (2.0 fps) → a.mov\n", DisplayName = "--progress none")]
    [Arguments(true, "helios: careful\n", DisplayName = "--quiet")]
    public async Task Without_progress_warnings_stay_and_a_quiet_one_has_no_summary(bool isQuiet, string text)
    {
        TextProgress progress = Make(ProgressMode.None, isQuiet);

        Advance(progress, 60_000, 4);
        progress.Warn("helios: careful");
        progress.Warn("helios: careful"); // said once
        progress.Report(new ChunkFinished(7, 4, 99, TwoSeconds, "a.mov"));

        await Assert.That(_text.ToString()).IsEqualTo(text);
    }

    [Test]
    public async Task A_warning_and_an_error_remove_the_line_that_is_drawn_over()
    {
        TextProgress progress = Make(ProgressMode.Terminal);

        Advance(progress, 100, 1);
        progress.Warn("helios: careful");
        Advance(progress, 100, 2);
        progress.Report(new Failed(new HeliosException(ExitCode.Temporary, "it ended", "chunk 7", "run it again")));

        await Assert.That(_text.ToString()).IsEqualTo(
            $"{Erase}chunk 7: 1/4 frames, 2.0 fps, 2 s left{Erase}helios: careful\n{Erase}chunk 7: 2/4 frames, 2.0 fps, 1 s left{Erase}");
    }

    [Test]
    public async Task Nothing_of_a_page_or_a_file_name_breaks_a_line()
    {
        TextProgress progress = Make(ProgressMode.None);

        progress.Warn("one\ntwo\e[2J");
        progress.Report(new ChunkSkipped(1, "a\nb.mov"));

        await Assert.That(_text.ToString().Split('\n').Length).IsEqualTo(3);
        await Assert.That(_text.ToString()).DoesNotContain("\e");
    }

    [Test]
    public async Task A_run_has_a_bar_its_rate_and_a_summary_of_where_the_time_went()
    {
        TextProgress progress = Make(ProgressMode.Terminal);
        RunStatus status = Status(reused: 1);

        progress.Report(new RunStarted(status));
        status.RunningWorkers = 2;
        _time += 100;
        progress.Report(new RunAdvanced(status));
        status.Add(1, 20, TwoSeconds);
        progress.Report(new RunFinished(status));

        await Assert
            .That(_text.ToString())
            .Matches(
                "^1 of 2 chunks are complete already\n\r\e\\[K\\[##########\\.{10}\\] 20/40 frames, 2 workers\r\e\\[K40 frames in [0-9.]+ s \\([0-9.]+ fps, 2 chunks, 2 workers\\) → out\\.mp4\n"
                    + "  browser start 5 %, pre-roll 10 %, capture 15 %, encode 70 % of the workers' time\n$");
    }

    [Test]
    public async Task A_log_of_a_run_has_no_bar_and_says_retries_at_once()
    {
        TextProgress progress = Make(ProgressMode.Plain);
        RunStatus status = Status(reused: 0);

        progress.Report(new RunStarted(status));
        progress.Report(new ChunkStarted(1, 20, 1));
        progress.Report(new ChunkFailed(1, 1, new HeliosException(ExitCode.Temporary, "it ended", "chunk 1", "run it again"), 2000));
        status.Retries = 1;
        _time += 5000;
        progress.Report(new RunAdvanced(status));
        progress.Report(new ChunkFinished(1, 20, 5, TwoSeconds, Output: null));

        await Assert
            .That(_text.ToString())
            .IsEqualTo("chunk 1: attempt 1 failed: it ended (chunk 1); again in 2 s\n0/40 frames, 0 workers, 1 retry\n");
    }

    [Test]
    public async Task A_merge_of_its_own_has_a_rate_and_one_in_a_run_has_none()
    {
        TextProgress progress = Make(ProgressMode.Plain);

        progress.Report(new MergeStarted(2));
        _time += 5000;
        progress.Report(new MergeAdvanced(30, 40, Rate: 20));
        _time += 5000;
        progress.Report(new MergeAdvanced(30, 40, Rate: null));
        progress.Report(new MergeFinished("j", new MergeResult("out.mp4", 40, 2, 5, 1500)));

        await Assert
            .That(_text.ToString())
            .IsEqualTo("merge: 30/40 frames, 20.0 fps, 1 s left\nmerging: 30/40 frames\n40 frames of 2 chunks merged in 1.5 s → out.mp4\n");
    }

    [Test]
    public async Task What_programs_alone_want_is_not_shown()
    {
        TextProgress progress = Make(ProgressMode.Plain);

        progress.Report(new PhaseBegun(0, RenderPhase.Load));
        progress.Report(new ChunkStarted(0, 3, 1));

        await Assert.That(_text.ToString()).IsEqualTo("");
    }

    private static RunStatus Status(int reused) =>
        new()
        {
            JobId = "j",
            Output = "out.mp4",
            TotalChunks = 2,
            TotalFrames = 40,
            Workers = 2,
            ReusedChunks = reused,
            ReusedFrames = 20 * reused,
        };

    private TextProgress Make(ProgressMode mode, bool isQuiet = false) => new(mode, isQuiet, text => _text.Append(text), () => _time);

    private void Advance(TextProgress progress, long milliseconds, long frames)
    {
        _time += milliseconds;
        progress.Report(new ChunkAdvanced(7, frames, 4, Rate: 2));
    }
}
