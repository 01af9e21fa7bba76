using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Tests.Support;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class ShellQuoteTests
{
    [Test]
    [Arguments("plain", "'plain'", DisplayName = "plain")]
    [Arguments("", "''", DisplayName = "empty")]
    [Arguments("it's", "'it'\\''s'", DisplayName = "quote")]
    [Arguments("$(rm -rf /) `x` \\ \"y\"", "'$(rm -rf /) `x` \\ \"y\"'", DisplayName = "what a shell would run")]
    public async Task A_word_is_quoted(string word, string quoted) =>
        await Assert.That(ShellQuote.Quote(word)).IsEqualTo(quoted);

    [Test]
    public void A_shell_reads_every_word_back() =>
        Gens.Text.Sample(word => Unquote(ShellQuote.Quote(word)) == word, iter: 2000);

    /// <summary>
    /// One word as POSIX shells read it (Shell Command Language, 2.2): quoted text up to the next quote, and escaped
    /// characters between quoted texts. Null where a shell would see anything else.
    /// </summary>
    private static string? Unquote(string text)
    {
        var word = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
            {
                int end = text.IndexOf('\'', i + 1);
                if (end < 0) return null;
                word.Append(text, i + 1, end - i - 1);
                i = end;
            }
            else if (text[i] == '\\' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
            }
            else
            {
                return null;
            }
        }

        return word.ToString();
    }
}
