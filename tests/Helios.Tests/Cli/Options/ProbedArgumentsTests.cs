using System;
using System.Threading.Tasks;
using CsCheck;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Run.Probes;
using Helios.Tests.Support;

namespace Helios.Tests.Cli.Options;

/// <summary>What export-job makes of what was typed and what the page says.</summary>
internal sealed class ProbedArgumentsTests
{
    private const string Url = "https://composition.helios/a.html";
    private const string All =
        "width\tdata-width\t\"640\"\nheight\tdata-height\t\"360\"\nfps\twindow.helios.fps\t29.97\nduration\twindow.helios.duration\t2";

    private static ExportArguments Nothing => Gens.NewArguments() with { Width = null, Height = null, IsProbed = true };

    [Test]
    public async Task What_the_page_says_stands_in_for_options()
    {
        JobRequest request = Request(Nothing, All);

        await Assert.That(Describe(request)).IsEqualTo("640x360 30000/1001 2 0+60");
    }

    [Test]
    public async Task What_it_does_not_say_has_its_default()
    {
        await Assert.That(Describe(Request(Nothing, ""))).IsEqualTo("1920x1080 30/1 1 0+30");
        await Assert.That(Describe(Request(Nothing, "fps\tdata-fps\t\"25\""))).IsEqualTo("1920x1080 25/1 1 0+25");
    }

    [Test]
    public async Task Options_win()
    {
        await Assert.That(Describe(Request(Nothing with { Width = "100" }, All))).IsEqualTo("100x360 30000/1001 2 0+60");
        await Assert.That(Describe(Request(Nothing with { Height = "100" }, All))).IsEqualTo("640x100 30000/1001 2 0+60");
        await Assert.That(Describe(Request(Nothing with { Fps = "10" }, All))).IsEqualTo("640x360 10/1 2 0+20");
        await Assert.That(Describe(Request(Nothing with { Duration = "3" }, All))).IsEqualTo("640x360 30000/1001 3 0+90");
        await Assert.That(Describe(Request(Nothing with { Fps = "10", Frames = "7" }, All))).IsEqualTo("640x360 10/1 0.7 0+7");
    }

    [Test]
    public async Task Nobody_looks_at_what_an_option_replaces() =>
        await Assert
            .That(
                Describe(
                    Request(
                        Nothing with
                        {
                            Width = "10",
                            Height = "10",
                            Fps = "10",
                            Duration = "1",
                        },
                        "width\ta\tNaN\nheight\ta\tNaN\nfps\ta\tNaN\nduration\ta\tNaN")))
            .IsEqualTo("10x10 10/1 1 0+10");

    [Test]
    public async Task A_later_start_leaves_the_rest_of_the_page()
    {
        await Assert.That(Describe(Request(Nothing with { StartFrame = "45", Fps = "30" }, All))).IsEqualTo("640x360 30/1 0.5 45+15");
        await Assert
            .That(Describe(Request(Nothing with { StartFrame = "45", Fps = "30", Duration = "2" }, All)))
            .IsEqualTo("640x360 30/1 2 45+60");
    }

    [Test]
    public async Task A_start_behind_the_end_of_the_page_is_refused() =>
        await Assert.That(Refusal.TextOf(() => Request(Nothing with { StartFrame = "60" }, All))).IsEqualTo(
            "64: the page says that it has 60 frames, so none is left from frame 60 (--start-frame); start earlier, or give --duration");

    [Test]
    public async Task An_odd_size_is_the_pages_fault_where_the_page_says_it()
    {
        const string Odd = "width\tdata-width\t641\nheight\tdata-height\t361";

        await Assert
            .That(Refusal.TextOf(() => Request(Nothing, Odd)))
            .IsEqualTo(
                $"65: the page says width 641, but pixel format yuv420p cannot have an odd width, 641: use 642, or a 4:4:4 pixel format such as yuv444p (data-width of {Url}); fix the page, or give --width"
            );
        await Assert.That(Refusal.Of(() => Request(Nothing with { Width = "640" }, Odd)).Where).IsEqualTo($"data-height of {Url}");
        await Assert
            .That(Refusal.TextOf(() => Request(Nothing with { Width = "641" }, Odd)))
            .StartsWith("64: pixel format yuv420p cannot have an odd width, 641 (--width); ");
        await Assert.That(Describe(Request(Nothing with { PixelFormat = "yuv444p" }, Odd))).IsEqualTo("641x361 30/1 1 0+30");
    }

    [Test]
    public async Task More_frames_than_there_can_be_are_the_pages_fault() =>
        await Assert
            .That(Refusal.TextOf(() => Request(Nothing, "duration\tdata-duration\t1000000000")))
            .IsEqualTo(
                $"65: the page says duration 1000000000, which is 30000000000 frames, more than 1000000000 (data-duration of {Url}); fix the page, or give --duration"
            );

    [Test]
    public async Task What_the_page_says_of_a_value_is_known_by_the_options_that_decide_it()
    {
        ExportArguments arguments = Nothing with { Frames = "5", Height = "10" };

        await Assert
            .That((arguments.IsTyped("width"), arguments.IsTyped("height"), arguments.IsTyped("fps"), arguments.IsTyped("duration")))
            .IsEqualTo((false, true, false, true));
        await Assert.That((Nothing with { Duration = "5f" }).IsTyped("duration")).IsTrue();
    }

    [Test]
    [Arguments("1000000000", null, DisplayName = "seconds")]
    [Arguments("1000000000f", null, DisplayName = "frames")]
    [Arguments(null, "1000000000", DisplayName = "a count")]
    public async Task Before_the_page_has_said_its_rate_no_length_is_too_long(string? duration, string? frames) =>
        await Assert
            .That((Nothing with { Duration = duration, Frames = frames, ChunkFrames = "1" }).ToProvisionalRequest().Split)
            .IsEqualTo(ChunkSplit.Ceil);

    [Test]
    public async Task Before_the_page_has_said_anything_sound_is_checked_but_not_read()
    {
        await Assert.That((Nothing with { Audio = "nowhere.wav" }).ToProvisionalRequest().Audio).IsEmpty();
        await Assert
            .That(Refusal.Of(() => (Nothing with { Audio = "a.wav,volume=x" }).ToProvisionalRequest()).Code)
            .IsEqualTo(ExitCode.Usage);
    }

    [Test]
    public void What_can_be_planned_can_be_planned_before_the_page_has_said_anything() => Gens.Arguments.Sample(arguments =>
    {
        JobRequest provisional = (arguments with { Fps = null, Width = null, Height = null, Job = "job.json" }).ToProvisionalRequest();

        return JobPlanner.Plan(provisional, "/srv/spots", InputFile.OpenRegular).Spec.Composition == arguments.Composition;
    });

    [Test]
    [Arguments("x", null, "64: \"x\" is not a duration (--duration)", DisplayName = "a duration")]
    [Arguments(null, "x", "64: \"x\" is not a whole number from 1 to 10000000 (--shards)", DisplayName = "shards")]
    public async Task A_mistake_is_found_before_the_page_is_asked(string? duration, string? shards, string refusal) =>
        await Assert
            .That(Refusal.TextOf(() => (Nothing with { Duration = duration, Shards = shards }).ToProvisionalRequest()))
            .StartsWith(refusal);

    private static JobRequest Request(ExportArguments arguments, string facts) =>
        (arguments with { Found = new ProbeFindings { Declarations = new PageDeclarations(Url, facts) } }).ToRequest(() => Guid.Empty);

    private static string Describe(JobRequest request)
    {
        RenderOptions options = request.RenderOptions;
        return FormattableString.Invariant(
            $"{options.Width}x{options.Height} {options.FrameRate} {options.Duration} {request.Frames.Start}+{request.Frames.Count}");
    }
}
