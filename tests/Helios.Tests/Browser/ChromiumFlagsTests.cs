using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Jobs;

namespace Helios.Tests.Browser;

internal sealed class ChromiumFlagsTests
{
    private static readonly BrowserOptions s_plain = new(CanPaint: false, Scale: 1, Fonts: null, IsOffline: false, IsNative: false);

    [Test]
    public async Task Root_runs_without_the_sandbox() =>
        await Assert
            .That(ChromiumFlags.Make("/tmp/p", isRoot: true, s_plain).Count(flag => flag == "--no-sandbox"))
            .IsEqualTo(1);

    [Test]
    public async Task An_ordinary_user_keeps_the_sandbox() =>
        await Assert
            .That(
                ChromiumFlags
                    .Make("/tmp/p", isRoot: false, s_plain)
                    .Where(flag => flag.Contains("sandbox", StringComparison.Ordinal)))
            .IsEmpty();

    [Test]
    public async Task Root_has_nothing_else_of_its_own() =>
        await Assert
            .That(
                ChromiumFlags
                    .Make("/tmp/p", isRoot: true, s_plain)
                    .Where(flag => flag != "--no-sandbox")
                    .SequenceEqual(ChromiumFlags.Make("/tmp/p", isRoot: false, s_plain)))
            .IsTrue();

    [Test]
    public async Task Offline_nothing_goes_round_the_proxy_that_is_not_there()
    {
        IReadOnlyList<string> flags = ChromiumFlags.Make("/tmp/p", isRoot: false, s_plain with { IsOffline = true });

        await Assert
            .That(flags.Except(ChromiumFlags.Make("/tmp/p", isRoot: false, s_plain)))
            .IsEquivalentTo([
                "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
                "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            ]);
    }

    [Test]
    [Arguments("/tmp/helios-browser-1", DisplayName = "plain")]
    [Arguments("/tmp/a b --no-sandbox", DisplayName = "blanks and a flag in a name")]
    public async Task The_profile_is_one_argument(string profile) =>
        await Assert
            .That(
                ChromiumFlags
                    .Make(profile, isRoot: false, s_plain)
                    .Where(flag => flag.Contains(profile, StringComparison.Ordinal)))
            .IsEquivalentTo(["--user-data-dir=" + profile]);

    [Test]
    public async Task The_browser_is_reached_through_a_pipe_and_no_port()
    {
        IReadOnlyList<string> flags = ChromiumFlags.Make("/tmp/p", isRoot: true, s_plain);

        await Assert.That(flags).Contains("--remote-debugging-pipe");
        await Assert
            .That(
                flags.Where(flag =>
                    flag.Contains("port", StringComparison.Ordinal) || flag.Contains("remote-allow", StringComparison.Ordinal)))
            .IsEmpty();
    }

    [Test]
    public async Task The_browser_opens_no_page_of_its_own() =>
        await Assert
            .That(ChromiumFlags.Make("/tmp/p", isRoot: true, s_plain).All(flag => flag.StartsWith("--", StringComparison.Ordinal)))
            .IsTrue(); // anything else would be one, in a process of its own

    [Test]
    public async Task A_job_of_one_kind_of_processor_has_all_of_its_instructions() =>
        await Assert
            .That(
                ChromiumFlags
                    .Make("/tmp/p", isRoot: true, s_plain)
                    .Except(ChromiumFlags.Make("/tmp/p", isRoot: true, s_plain with { IsNative = true })))
            .IsEquivalentTo(["--disable-skia-runtime-opts"]);

    [Test]
    public async Task No_flag_is_given_twice() // the browser takes the last one, so --disable-features would lose half of its list
    {
        IEnumerable<string> names = ChromiumFlags.Make("/tmp/p", isRoot: true, s_plain).Select(flag => flag.Split('=')[0]);

        await Assert
            .That(string.Join(' ', names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)))
            .IsEqualTo("");
    }
}
