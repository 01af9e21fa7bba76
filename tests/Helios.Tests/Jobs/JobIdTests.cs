using System;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;

namespace Helios.Tests.Jobs;

internal sealed class JobIdTests
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyz0123456789";

    [Test]
    [Arguments("", DisplayName = "empty")]
    [Arguments(null, DisplayName = "null")]
    [Arguments("-a", DisplayName = "begins with a dash")]
    [Arguments("A", DisplayName = "capital")]
    [Arguments("a_b", DisplayName = "underscore")]
    [Arguments("a.b", DisplayName = "point")]
    [Arguments("a/b", DisplayName = "slash")]
    [Arguments("..", DisplayName = "parent directory")]
    [Arguments("a b", DisplayName = "blank")]
    [Arguments("a\n", DisplayName = "newline at the end")]
    [Arguments("é", DisplayName = "not ASCII")]
    [Arguments("a234567890123456789012345678901234567890123456789012345678901234", DisplayName = "64 characters")]
    public async Task What_is_no_id_is_refused(string? text) =>
        await Assert.That(JobId.TryParse(text, out _)).IsFalse();

    [Test]
    public void Every_id_reads_back_as_itself() =>
        Gen.Select(Gen.Char[Allowed], Gen.Char[Allowed + "-"].Array[0, 62])
            .Select((first, rest) => first + new string(rest))
            .Sample(
                text =>
                    JobId.TryParse(text, out JobId id)
                    && id.ToString() == text
                    && JobId.TryParse(id.ToString(), out JobId again)
                    && again == id,
                iter: 1000);

    [Test]
    public void A_random_id_is_an_id() =>
        Gen.Guid.Sample(
            random => JobId.TryParse(JobId.FromRandom(random).ToString(), out JobId id) && id == JobId.FromRandom(random),
            iter: 1000);

    [Test]
    [Arguments("00000000-0000-0000-0000-000000000000", "000000000000", DisplayName = "all zeros")]
    [Arguments("00000000-0000-0000-2300-000000000000", "z00000000000", DisplayName = "the low half counts")]
    public async Task The_same_random_bytes_give_the_same_id(string random, string expected) =>
        await Assert.That(JobId.FromRandom(Guid.Parse(random)).ToString()).IsEqualTo(expected);

    [Test]
    public async Task Different_random_bytes_give_different_ids()
    {
        var ids = new System.Collections.Generic.HashSet<string>();
        for (int i = 0; i < 1000; i++) ids.Add(JobId.FromRandom(Guid.NewGuid()).ToString());

        await Assert.That(ids.Count).IsEqualTo(1000);
    }
}
