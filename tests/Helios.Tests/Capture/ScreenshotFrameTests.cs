using System;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Capture;

namespace Helios.Tests.Capture;

internal sealed class ScreenshotFrameTests
{
    [Test]
    [Arguments("""{"hasDamage":true,"screenshotData":"iVBORw0KGgo="}""", "89504E470D0A1A0A", DisplayName = "padded")]
    [Arguments("""{"screenshotData":"/9j/","hasDamage":true}""", "FFD8FF", DisplayName = "slashes, not the last member")]
    [Arguments("""{"screenshotData":"AA=="}""", "00", DisplayName = "one byte")]
    [Arguments("""{"screenshotData":"++//"}""", "FBEFFF", DisplayName = "the characters 62 and 63")]
    public async Task The_picture_of_an_answer_is_decoded(string answer, string hex)
    {
        var picture = ScreenshotFrame.Rent(new());

        await Assert.That(picture.TryDecode(Encoding.UTF8.GetBytes(answer))).IsTrue();
        await Assert.That(Convert.ToHexString(picture.Bytes)).IsEqualTo(hex);
    }

    [Test]
    [Arguments("""{"hasDamage":false}""", DisplayName = "no member")]
    [Arguments("""{"hasDamage":true,"screenshotData":""}""", DisplayName = "empty")]
    [Arguments("""{"hasDamage":true,"screenshotData":null}""", DisplayName = "null")]
    [Arguments("""{"screenshotData":"iVBO!w0K"}""", DisplayName = "a character of no base64")]
    [Arguments("""{"screenshotData":"iVBOR"}""", DisplayName = "cut off")]
    [Arguments("""{"text":"\"screenshotData\":\"iVBO\""}""", DisplayName = "text that looks like a picture")]
    [Arguments("", DisplayName = "no answer")]
    public async Task An_answer_without_a_picture_has_none(string answer) =>
        await Assert.That(ScreenshotFrame.Rent(new()).TryDecode(Encoding.UTF8.GetBytes(answer))).IsFalse();

    [Test]
    public async Task A_shorter_picture_leaves_nothing_of_a_longer_one()
    {
        var picture = ScreenshotFrame.Rent(new());
        _ = picture.TryDecode(AnswerOf(new byte[900]));

        _ = picture.TryDecode(AnswerOf([1, 2, 3]));

        await Assert.That(Convert.ToHexString(picture.Bytes)).IsEqualTo("010203");
    }

    [Test]
    public async Task A_picture_larger_than_the_memory_makes_it_grow()
    {
        byte[] bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        var picture = ScreenshotFrame.Rent(new());

        await Assert.That(picture.TryDecode(AnswerOf(bytes))).IsTrue();
        await Assert.That(picture.Bytes.SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public void Any_bytes_come_back_from_memory_that_is_used_again()
    {
        var picture = ScreenshotFrame.Rent(new());
        Gen.Byte.Array[1, 200]
            .Sample(bytes => picture.TryDecode(AnswerOf(bytes)) && picture.Bytes.SequenceEqual(bytes), iter: 300, threads: 1);
    }

    private static byte[] AnswerOf(byte[] picture) =>
        Encoding.UTF8.GetBytes($$"""{"hasDamage":true,"screenshotData":"{{Convert.ToBase64String(picture)}}"}""");
}
