using System.Threading.Tasks;
using Helios.Progress;
using Helios.Tests.Support;

namespace Helios.Tests.Progress;

internal sealed class ProgressModesTests
{
    private const string Kind = "a way to show progress";

    [Test]
    [Arguments(null, true, ProgressMode.Terminal, DisplayName = "not given, on a terminal")]
    [Arguments("auto", true, ProgressMode.Terminal, DisplayName = "auto, on a terminal")]
    [Arguments("auto", false, ProgressMode.Plain, DisplayName = "auto, into a log")]
    [Arguments("json", true, ProgressMode.Json, DisplayName = "json")]
    [Arguments("plain", true, ProgressMode.Plain, DisplayName = "plain")]
    [Arguments("none", true, ProgressMode.None, DisplayName = "none")]
    public async Task A_mode_is_named(string? typed, bool isTerminal, object mode)
    {
        await Assert.That(ProgressModes.Read(typed, isQuiet: false, isTerminal)).IsEqualTo((ProgressMode)mode);
        await Assert.That(ProgressModes.Read(typed, isQuiet: true, isTerminal)).IsEqualTo(ProgressMode.None);
    }

    [Test]
    [Arguments("jsn", $"64: \"jsn\" is not {Kind} (did you mean \"json\"?) (--progress); use auto, json, plain or none",
        DisplayName = "misspelled")]
    [Arguments("terminal", $"64: \"terminal\" is not {Kind} (--progress); use auto, json, plain or none",
        DisplayName = "the name that auto has inside")]
    [Arguments("", $"64: \"\" is not {Kind} (--progress); use auto, json, plain or none", DisplayName = "empty")]
    public async Task What_is_no_mode_is_refused(string typed, string refusal) =>
        await Assert.That(Refusal.TextOf(() => ProgressModes.Read(typed, isQuiet: true, isTerminal: false))).IsEqualTo(refusal);
}
