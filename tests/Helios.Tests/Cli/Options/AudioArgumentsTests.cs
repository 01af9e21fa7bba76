using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Jobs.Audio;
using Helios.Tests.Support;

namespace Helios.Tests.Cli.Options;

internal sealed class AudioArgumentsTests
{
    private const string Time = " is not a time (--audio); give seconds from 0 with up to nine decimals, or mm:ss";
    private const string Part = " is not a part of an audio file (--audio); ";

    [Test]
    [Arguments("a.wav", "a.wav 0 0-0 x1 0 0 ", DisplayName = "a file")]
    [Arguments("a.wav,start=1.5", "a.wav 1.5 0-0 x1 0 0 ", DisplayName = "start")]
    [Arguments("a.wav,start=1:02.5", "a.wav 62.5 0-0 x1 0 0 ", DisplayName = "start in minutes")]
    [Arguments("a.wav,start=0", "a.wav 0 0-0 x1 0 0 ", DisplayName = "start at 0")]
    [Arguments("a.wav,trim=1-2.25", "a.wav 0 1-2.25 x1 0 0 ", DisplayName = "a part")]
    [Arguments("a.wav,trim=1-", "a.wav 0 1-0 x1 0 0 ", DisplayName = "to the end")]
    [Arguments("a.wav,trim=-2", "a.wav 0 0-2 x1 0 0 ", DisplayName = "from the start")]
    [Arguments("a.wav,loop,fade-out=2,fade-in=1,volume=0.25", "a.wav 0 0-0 x0.25 1 2 loop", DisplayName = "everything else")]
    [Arguments("a,b=c,d.wav,volume=0", "a,b=c,d.wav 0 0-0 x0 0 0 ", DisplayName = "commas in the name")]
    [Arguments("loop,loop", "loop 0 0-0 x1 0 0 loop", DisplayName = "a file called loop")]
    public async Task An_option_is_read(string typed, string expected)
    {
        AudioTrack track = AudioArguments.Read(typed).Single();

        await Assert
            .That(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{track.File} {track.Start} {track.TrimStart}-{track.TrimEnd} x{track.Volume} {track.FadeIn} {track.FadeOut} {(track.Loop ? "loop" : "")}"
                ))
            .IsEqualTo(expected);
    }

    [Test]
    public async Task Several_files_are_in_order() =>
        await Assert.That(AudioArguments.Read("b.wav,loop\0a.wav").Select(track => track.File)).IsEquivalentTo(["b.wav", "a.wav"]);

    [Test]
    [Arguments("a.wav,start=-1", "\"start=-1\"" + Time, DisplayName = "negative start")]
    [Arguments("a.wav,start=", "\"start=\"" + Time, DisplayName = "no start")]
    [Arguments("a.wav,fade-in=1e3", "\"fade-in=1e3\"" + Time, DisplayName = "an exponent")]
    [Arguments("a.wav,start=60f", "\"start=60f\"" + Time, DisplayName = "frames")]
    [Arguments("a.wav,trim=2", "\"trim=2\"" + Part + "write trim=A-B, trim=A- or trim=-B, in seconds", DisplayName = "half of a part")]
    [Arguments("a.wav,trim=-", "\"trim=-\"" + Part + "write trim=A-B, trim=A- or trim=-B, in seconds", DisplayName = "no part")]
    [Arguments("a.wav,trim=2-2", "\"trim=2-2\"" + Part + "end it after its start", DisplayName = "an empty part")]
    [Arguments("a.wav,trim=3-2", "\"trim=3-2\"" + Part + "end it after its start", DisplayName = "a part backwards")]
    [Arguments("a.wav,volume=loud", "\"volume=loud\" is not a volume (--audio); give a factor from 0 to 100, such as 0.5",
        DisplayName = "volume in words")]
    [Arguments("a.wav,volume=100.5", "\"volume=100.5\" is not a volume (--audio); give a factor from 0 to 100, such as 0.5",
        DisplayName = "too loud")]
    [Arguments("a.wav,strat=1", "\"strat=1\" is not an option of an audio file (--audio); did you mean start?", DisplayName = "misspelled")]
    [Arguments("a.wav,loop=1", "\"loop=1\" is not an option of an audio file (--audio); write loop without a value",
        DisplayName = "loop with a value")]
    [Arguments("a.wav,loop,loop", "loop is given twice for \"a.wav,loop,loop\" (--audio); keep one of them", DisplayName = "twice")]
    [Arguments(",start=1", "\",start=1\" is not an audio file (--audio); write FILE first, then its options", DisplayName = "no file")]
    public async Task A_wrong_option_is_named(string typed, string refusal) =>
        await Assert.That(Refusal.TextOf(() => AudioArguments.Read(typed))).IsEqualTo("64: " + refusal);
}
