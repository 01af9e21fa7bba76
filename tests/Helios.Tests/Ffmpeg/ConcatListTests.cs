using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Ffmpeg;

public sealed class ConcatListTests
{
    [Test]
    [Arguments("/srv/a.mov", "'file:/srv/a.mov'", DisplayName = "plain")]
    [Arguments("/srv/two  words.mov", "'file:/srv/two  words.mov'", DisplayName = "blanks")]
    [Arguments("/srv/it's.mov", @"'file:/srv/it'\''s.mov'", DisplayName = "a quote")]
    [Arguments("/srv/'", @"'file:/srv/'\'''", DisplayName = "a quote at the end")]
    [Arguments(@"/srv/a\b#c%d.mov", @"'file:/srv/a\b#c%d.mov'", DisplayName = "what is special elsewhere")]
    public async Task A_path_is_quoted(string path, string quoted)
    {
        using var list = new ConcatList(Rate("30/1"));

        await Assert.That(list.Add(path, 15)).IsEqualTo($"file {quoted}\nduration 0.500000\n");
    }

    [Test]
    public async Task A_path_with_a_line_break_is_reached_by_a_link_that_goes_away()
    {
        using var folder = new TemporaryDirectory();
        string path = folder.Add("a\nb.mov", "bytes");
        string link;
        using (var list = new ConcatList(Rate("30/1")))
        {
            string line = list.Add(path, 1).Split('\n')[0];
            link = line["file 'file:".Length..^1];

            await Assert.That(await File.ReadAllTextAsync(link)).IsEqualTo("bytes");
        }

        await Assert.That(Directory.Exists(Path.GetDirectoryName(link))).IsFalse();
    }

    /// <summary>Each chunk starts within half a microsecond of its place, however many there are before it.</summary>
    [Test]
    public void Lengths_never_add_up_to_a_drift() =>
        Gen.Select(Gens.Rate, Gen.Int[1, 100].Array[1, 500]).Sample((rate, counts) =>
        {
            using var list = new ConcatList(rate);
            decimal sum = 0;
            long frames = 0;
            return counts.All(count =>
            {
                string line = list.Add("/a", count).Split('\n')[1];
                sum += decimal.Parse(line["duration ".Length..], System.Globalization.CultureInfo.InvariantCulture);
                frames += count;
                return Math.Abs(sum - ((decimal)frames * rate.Denominator / rate.Numerator)) <= 0.0000005m;
            });
        });

    private static FrameRate Rate(string text) =>
        FrameRate.TryParse(text, out FrameRate rate) ? rate : throw new ArgumentException(text, nameof(text));
}
