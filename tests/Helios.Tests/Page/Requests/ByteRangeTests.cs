using System;
using System.Globalization;
using System.Threading.Tasks;
using CsCheck;
using Helios.Page.Requests;

namespace Helios.Tests.Page.Requests;

internal sealed class ByteRangeTests
{
    [Test]
    // first-last, of 10 bytes
    [Arguments("bytes=0-0", 10, 0, 1, DisplayName = "first byte")]
    [Arguments("bytes=0-4", 10, 0, 5, DisplayName = "beginning")]
    [Arguments("bytes=3-7", 10, 3, 5, DisplayName = "middle")]
    [Arguments("bytes=9-9", 10, 9, 1, DisplayName = "last byte")]
    [Arguments("bytes=0-9", 10, 0, 10, DisplayName = "all")]
    [Arguments("bytes=5-10", 10, 5, 5, DisplayName = "end just behind the file")]
    [Arguments("bytes=5-999999999999999", 10, 5, 5, DisplayName = "end far behind the file")]
    [Arguments("bytes=5-99999999999999999999", 10, 5, 5, DisplayName = "end beyond 64 bits")]
    // first-
    [Arguments("bytes=0-", 10, 0, 10, DisplayName = "open from the beginning")]
    [Arguments("bytes=9-", 10, 9, 1, DisplayName = "open from the last byte")]
    // -suffix
    [Arguments("bytes=-1", 10, 9, 1, DisplayName = "last one")]
    [Arguments("bytes=-4", 10, 6, 4, DisplayName = "last four")]
    [Arguments("bytes=-10", 10, 0, 10, DisplayName = "suffix as long as the file")]
    [Arguments("bytes=-11", 10, 0, 10, DisplayName = "suffix longer than the file")]
    [Arguments("bytes=-99999999999999999999", 10, 0, 10, DisplayName = "suffix beyond 64 bits")]
    [Arguments("bytes=00000000000000000000003-4", 10, 3, 2, DisplayName = "many leading zeros")]
    // the unit is case-insensitive, and a list may have white space
    [Arguments("BYTES=3-7", 10, 3, 5, DisplayName = "capitals")]
    [Arguments("bytes= 3-7 ", 10, 3, 5, DisplayName = "white space around")]
    [Arguments("bytes=003-007", 10, 3, 5, DisplayName = "leading zeros")]
    [Arguments("bytes=3000000000-", 5_000_000_000, 3_000_000_000, 2_000_000_000, DisplayName = "more than 32 bits")]
    public async Task A_range_is_part_of_the_file(string header, long length, long start, long count)
    {
        await Assert.That(ByteRange.TryParse(header, length, out ByteRange range)).IsTrue();
        await Assert.That(range).IsEqualTo(new ByteRange(start, count));
    }

    [Test]
    [Arguments("bytes=10-", 10, DisplayName = "open, just behind the end")]
    [Arguments("bytes=10-12", 10, DisplayName = "closed, just behind the end")]
    [Arguments("bytes=999999999999999-", 10, DisplayName = "far behind the end")]
    [Arguments("bytes=99999999999999999999-", 10, DisplayName = "beyond 64 bits")]
    [Arguments("bytes=-0", 10, DisplayName = "the last no bytes")]
    [Arguments("bytes=0-", 0, DisplayName = "open, empty file")]
    [Arguments("bytes=0-0", 0, DisplayName = "first byte of an empty file")]
    public async Task What_cannot_be_satisfied_has_no_bytes(string header, long length)
    {
        await Assert.That(ByteRange.TryParse(header, length, out ByteRange range)).IsTrue();
        await Assert.That(range.Count).IsEqualTo(0);
    }

    [Test]
    [Arguments(null, DisplayName = "no header")]
    [Arguments("", DisplayName = "empty")]
    [Arguments("bytes", DisplayName = "only the unit")]
    [Arguments("bytes=", DisplayName = "no range")]
    [Arguments("bytes=-", DisplayName = "neither end")]
    [Arguments("bytes=5", DisplayName = "no dash")]
    [Arguments("bytes=a-b", DisplayName = "letters")]
    [Arguments("bytes=5-2", DisplayName = "the last before the first")]
    [Arguments("bytes=12-11", DisplayName = "the last before the first, both past the end")]
    [Arguments("bytes=99999999999999999999-5", DisplayName = "the last before a first beyond 64 bits")]
    [Arguments("bytes=5 -7", DisplayName = "white space in between")]
    [Arguments("bytes=5-7-9", DisplayName = "three positions")]
    [Arguments("bytes=5-7;", DisplayName = "something after it")]
    [Arguments("bytes =5-7", DisplayName = "white space before the equals sign")]
    [Arguments("bytes=5.0-7", DisplayName = "a point")]
    [Arguments("bytes=0x1-0x2", DisplayName = "hexadecimal")]
    [Arguments("bytes=--5", DisplayName = "two dashes")]
    [Arguments("bytes=+1-+2", DisplayName = "signs")]
    [Arguments("bytes=٣-٧", DisplayName = "digits of another script")]
    [Arguments("bytes 0-5", DisplayName = "no equals sign")]
    [Arguments("items=0-5", DisplayName = "another unit")]
    // several ranges may be answered with the whole file
    [Arguments("bytes=0-1,4-5", DisplayName = "two ranges")]
    [Arguments("bytes=0-1, -1", DisplayName = "a range and a suffix")]
    public async Task What_is_no_single_range_is_ignored(string? header)
    {
        await Assert.That(ByteRange.TryParse(header, 10, out ByteRange range)).IsFalse();
        await Assert.That(range).IsEqualTo(new ByteRange(0, 10));
    }

    /// <summary>A suffix can be satisfied by a file that has less, but no part of an empty one can be named.</summary>
    [Test]
    public async Task The_last_bytes_of_an_empty_file_are_the_whole_file()
    {
        await Assert.That(ByteRange.TryParse("bytes=-5", 0, out ByteRange range)).IsFalse();
        await Assert.That(range).IsEqualTo(new ByteRange(0, 0));
    }

    [Test]
    public void A_range_never_leaves_the_file() =>
        Gen.Select(Gen.OneOf("{0}-{1}", "{0}-", "-{1}"), Gen.Long[0, 50], Gen.Long[0, 50], Gen.Long[0, 30])
            .Sample(
                (form, first, last, length) =>
                {
                    string header =
                        "bytes="
                        + form.Replace("{0}", first.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                            .Replace("{1}", last.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

                    return !ByteRange.TryParse(header, length, out ByteRange range)
                        || (range.Count >= 0 && (range.Count == 0 || (range.Start >= 0 && range.Start + range.Count <= length)));
                }, iter: 1000);

    [Test]
    public void Any_text_is_read_without_failing() =>
        Gen.OneOf("bytes=", "-", ",", "1", "99999999999999999999", " ", "a", "=").Array[0, 8].Select(string.Concat).Sample(text =>
        {
            _ = ByteRange.TryParse(text, 10, out ByteRange range);
            return range.Count is >= 0 and <= 10;
        }, iter: 1000);
}
