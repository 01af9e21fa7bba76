using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Helios.Os.Processes;

namespace Helios.Tests.Os.Processes;

internal sealed class LineSplitterTests
{
    [Test]
    [Arguments("one\ntwo\n", "one|two", DisplayName = "lines")]
    [Arguments("one\r\ntwo\rthree", "one|two|three", DisplayName = "carriage returns, and a last line without end")]
    [Arguments("\n\n", "", DisplayName = "empty lines")]
    [Arguments("grüße → 日本\n", "grüße → 日本", DisplayName = "characters of several bytes")]
    [Arguments("abcdefghijklmnopqrstuvwxyz\nx", "abcdefghijklmnopqrst|x", DisplayName = "a line that is too long")]
    public async Task Bytes_in_pieces_become_lines(string text, string lines)
    {
        for (int size = 1; size <= 9; size++)
        {
            var found = new List<string>();
            var splitter = new LineSplitter(found.Add, 20);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < bytes.Length; i += size) splitter.Add(bytes.AsSpan(i, int.Min(size, bytes.Length - i)));
            splitter.Finish();

            await Assert.That(string.Join('|', found)).IsEqualTo(lines);
        }
    }
}
