using System.Threading.Tasks;
using Helios.Errors;

namespace Helios.Tests.Errors;

internal sealed class NearestNameTests
{
    private static readonly string[] s_names = ["--shards", "--split", "--start-frame", "--width", "-o"];

    [Test]
    [Arguments("--shard", "--shards", DisplayName = "a letter is missing")]
    [Arguments("--shardss", "--shards", DisplayName = "a letter too many")]
    [Arguments("--shadrs", "--shards", DisplayName = "neighbours are swapped")]
    [Arguments("--SHARDS", "--shards", DisplayName = "capitals")]
    [Arguments("--startframe", "--start-frame", DisplayName = "a dash is missing")]
    [Arguments("--with", "--width", DisplayName = "the nearest of several")]
    [Arguments("-p", "-o", DisplayName = "one edit is always near")]
    [Arguments("--frame", "--start-frame", DisplayName = "the end of a longer name")]
    [Arguments("--rame", null, DisplayName = "the end of a word is none")]
    [Arguments("--quality", null, DisplayName = "nothing near")]
    [Arguments("", null, DisplayName = "empty")]
    public async Task The_nearest_name_is_found(string typed, string? expected) =>
        await Assert.That(NearestName.Find(typed, s_names)).IsEqualTo(expected);

    [Test]
    public async Task A_hint_is_a_question() =>
        await Assert.That(NearestName.Hint("--spilt", s_names)).IsEqualTo(" (did you mean \"--split\"?)");

    [Test]
    public async Task Without_a_near_name_there_is_no_hint() =>
        await Assert.That(NearestName.Hint("--quality", s_names)).IsEqualTo("");

    [Test]
    public async Task A_very_long_word_is_near_to_nothing() =>
        await Assert.That(NearestName.Find(new string('a', 1_000_000), [new string('a', 60)])).IsNull();
}
