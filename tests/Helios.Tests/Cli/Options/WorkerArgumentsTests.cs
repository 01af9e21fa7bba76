using System.Threading.Tasks;
using Helios.Browser;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Cli.Options;

internal sealed class WorkerArgumentsTests
{
    private const string Seconds = "a whole number from 1 to 86400";
    private const string Preroll = "a way to go through earlier frames";
    private const string Fix = "use replay or displayed; whether a job jumps is planned, by --history";
    private const string Program = "/proc/self/exe"; // a program that is there on every Linux; it is not started

    private static WorkerArguments Nothing => new() { Browser = Program, Ffmpeg = Program };

    [Test]
    public async Task Without_options_a_frame_has_30_seconds_and_the_page_60()
    {
        RenderSettings settings = SettingsOf(Nothing);

        await Assert
            .That(
                (settings.FrameTimeout, settings.ReadyTimeout, settings.Preroll, settings.Root, settings.IsOffline, settings.AllowsChanged))
            .IsEqualTo((30_000, 60_000, Helios.Page.Preroll.AsPlanned, null, false, false));
    }

    [Test]
    [Arguments("1", 1000, DisplayName = "shortest")]
    [Arguments("007", 7000, DisplayName = "leading zeros")]
    [Arguments("86400", 86_400_000, DisplayName = "a day, the longest")]
    public async Task Timeouts_are_seconds(string text, int milliseconds)
    {
        RenderSettings settings = SettingsOf(Nothing with { Timeout = text });
        RenderSettings ready = SettingsOf(Nothing with { ReadyTimeout = text });

        await Assert.That((settings.FrameTimeout, settings.ReadyTimeout)).IsEqualTo((milliseconds, 60_000));
        await Assert.That((ready.FrameTimeout, ready.ReadyTimeout)).IsEqualTo((30_000, milliseconds));
    }

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("86401", DisplayName = "more than a day")]
    [Arguments("99999999999999999999", DisplayName = "beyond 64 bits")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("1.5", DisplayName = "decimal")]
    [Arguments("30s", DisplayName = "unit")]
    [Arguments(" 30", DisplayName = "blank")]
    [Arguments("", DisplayName = "empty")]
    public async Task What_is_no_timeout_is_refused(string text)
    {
        await Assert
            .That(Refusal.TextOf((Nothing with { Timeout = text }).Check))
            .IsEqualTo($"64: \"{text}\" is not {Seconds} (--timeout); give one, in digits");
        await Assert
            .That(Refusal.TextOf((Nothing with { ReadyTimeout = text }).Check))
            .IsEqualTo($"64: \"{text}\" is not {Seconds} (--ready-timeout); give one, in digits");
    }

    [Test]
    [Arguments(null, 0, DisplayName = "not given: all")]
    [Arguments("1", 1, DisplayName = "one")]
    [Arguments("8192", 8192, DisplayName = "most")]
    public async Task Threads_are_a_number(string? text, int count) =>
        await Assert.That((Nothing with { Threads = text }).ThreadCount).IsEqualTo(count);

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("8193", DisplayName = "too many")]
    [Arguments("all", DisplayName = "a word")]
    public async Task What_is_no_number_of_threads_is_refused(string text) =>
        await Assert
            .That(Refusal.TextOf((Nothing with { Threads = text }).Check))
            .IsEqualTo($"64: \"{text}\" is not a whole number from 1 to 8192 (--threads); give one, in digits");

    [Test]
    [Arguments(null, "AsPlanned", DisplayName = "not given")]
    [Arguments("replay", "Replay", DisplayName = "replay")]
    [Arguments("displayed", "Displayed", DisplayName = "displayed")]
    public async Task A_way_through_earlier_frames_is_named(string? text, string way) =>
        await Assert.That(SettingsOf(Nothing with { Preroll = text }).Preroll.ToString()).IsEqualTo(way);

    [Test]
    [Arguments("display", $"64: \"display\" is not {Preroll} (did you mean \"displayed\"?) (--preroll); {Fix}", DisplayName = "misspelled")]
    [Arguments("none", $"64: \"none\" is not {Preroll} (--preroll); {Fix}", DisplayName = "less exact than planned")]
    [Arguments("Replay", $"64: \"Replay\" is not {Preroll} (did you mean \"replay\"?) (--preroll); {Fix}", DisplayName = "capitals")]
    [Arguments("1", $"64: \"1\" is not {Preroll} (--preroll); {Fix}", DisplayName = "number of the way")]
    public async Task What_is_no_way_through_earlier_frames_is_refused(string text, string refusal) =>
        await Assert.That(Refusal.TextOf((Nothing with { Preroll = text }).Check)).IsEqualTo(refusal);

    [Test]
    public async Task Options_reach_the_render()
    {
        RenderSettings settings = SettingsOf(Nothing with { Root = "/srv", IsOffline = true, AllowsChanged = true });

        await Assert
            .That((settings.Directory, settings.Root, settings.IsOffline, settings.AllowsChanged))
            .IsEqualTo(("/srv/spots", "/srv", true, true));
    }

    [Test]
    public async Task A_browser_that_is_not_there_is_refused() =>
        await Assert.That(Refusal.TextOf(() => SettingsOf(Nothing with { Browser = "/nowhere/chrome" }))).IsEqualTo(
            "69: there is no program \"/nowhere/chrome\" (--browser); " + BrowserFinder.Fix);

    [Test]
    public async Task An_encoder_that_is_not_there_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => SettingsOf(Nothing with { Ffmpeg = "/nowhere/ffmpeg" })))
            .IsEqualTo(
                "69: there is no program \"/nowhere/ffmpeg\" (--ffmpeg); install ffmpeg 5.1 or later, or name it with --ffmpeg or HELIOS_FFMPEG"
            );

    [Test]
    public async Task A_probe_needs_no_encoder()
    {
        RenderSettings settings = (
            Nothing with
            {
                Ffmpeg = "/nowhere/ffmpeg",
                Root = "/srv",
                IsOffline = true,
                ReadyTimeout = "7",
            }
        ).ToProbeSettings("/srv/spots", null!, _ => { });

        await Assert
            .That((settings.Directory, settings.Root, settings.IsOffline, settings.ReadyTimeout, settings.FrameTimeout))
            .IsEqualTo(("/srv/spots", "/srv", true, 7000, 7000));
        await Assert
            .That(Refusal.Of(() => (Nothing with { ReadyTimeout = "x" }).ToProbeSettings("/", null!, _ => { })).Where)
            .IsEqualTo("--ready-timeout");
        await Assert
            .That(Refusal.Of(() => (Nothing with { Browser = "/nowhere/chrome" }).ToProbeSettings("/", null!, _ => { })).Code)
            .IsEqualTo(ExitCode.Unavailable);
    }

    [Test]
    public async Task Options_that_only_a_browser_has_a_use_for_are_found()
    {
        WorkerArguments none = Nothing with { Browser = null, Ffmpeg = null };

        await Assert.That(none.FindBrowserOption()).IsNull();
        await Assert.That((none with { Browser = "x" }).FindBrowserOption()).IsEqualTo("--browser");
        await Assert.That((none with { Root = "x" }).FindBrowserOption()).IsNull(); // it belongs to the job
        await Assert.That((none with { IsOffline = true }).FindBrowserOption()).IsEqualTo("--offline");
        await Assert.That((none with { ReadyTimeout = "x" }).FindBrowserOption()).IsEqualTo("--ready-timeout");
    }

    private static RenderSettings SettingsOf(WorkerArguments arguments) =>
        arguments.ToSettings("/srv/spots", null!, static _ => { });
}
