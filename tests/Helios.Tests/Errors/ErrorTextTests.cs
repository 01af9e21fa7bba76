using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Errors;
using Helios.Tests.Support;

namespace Helios.Tests.Errors;

internal sealed class ErrorTextTests
{
    [Test]
    [Arguments("plain", "plain", DisplayName = "plain")]
    [Arguments("Grüße 🎬", "Grüße 🎬", DisplayName = "not ASCII")]
    [Arguments("a\nb\r\n", "a\\u000Ab\\u000D\\u000A", DisplayName = "line breaks")]
    [Arguments("\u001b[31mred", "\\u001B[31mred", DisplayName = "terminal escape")]
    [Arguments("a\0b\u007fc\u0085", "a\\u0000b\\u007Fc\\u0085", DisplayName = "NUL, delete and next line")]
    public async Task A_message_is_one_line(string text, string line) =>
        await Assert.That(ErrorText.OneLine(text)).IsEqualTo(line);

    [Test]
    public void No_control_character_reaches_a_terminal() =>
        Gens.Text.Sample(text => !ErrorText.OneLine(text).Any(char.IsControl), iter: 500);

    [Test]
    [Arguments(5, "abcde", DisplayName = "fits")]
    [Arguments(4, "a...", DisplayName = "too long")]
    public async Task A_long_text_is_cut(int most, string expected) =>
        await Assert.That(ErrorText.Shorten("abcde", most)).IsEqualTo(expected);

    [Test]
    public async Task A_text_is_not_cut_in_the_middle_of_a_character()
    {
        await Assert.That(ErrorText.Shorten("a🎬bcde", 5)).IsEqualTo("a...");
        await Assert.That(ErrorText.Shorten("a🎬bcde", 6)).IsEqualTo("a🎬...");
    }

    [Test]
    public async Task A_reason_is_in_the_words_of_the_system()
    {
        await Assert
            .That(ErrorText.Reason(new UnauthorizedAccessException("Access to the path '/x' is denied.")))
            .IsEqualTo("permission denied");
        await Assert.That(ErrorText.Reason(new DirectoryNotFoundException())).IsEqualTo("no such file or directory");
        await Assert.That(ErrorText.Reason(new FileNotFoundException())).IsEqualTo("no such file or directory");
        await Assert.That(ErrorText.Reason(new FileNotFoundException("Could not find file '/srv/\ufffd.html'.")))
            .IsEqualTo("no such file or directory, or its name is not UTF-8: rename it");
        await Assert.That(ErrorText.Reason(new IOException("what .NET says of '/srv/job.json'", 28))).IsEqualTo("No space left on device");
        await Assert.That(ErrorText.Reason(new IOException("The stream was closed."))).IsEqualTo("The stream was closed");
        await Assert
            .That(ErrorText.Reason(new IOException("something of .NET's own", unchecked((int)0x80131620))))
            .IsEqualTo("something of .NET's own");
    }
}
