using System;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>The bytes that a request asks for: <c>Range: bytes=a-b</c> of RFC 9110, one range.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Count">Number of bytes.</param>
internal readonly record struct ByteRange(long Start, long Count)
{
    /// <summary>
    /// Reads the header's value. False when it is to be ignored (several ranges, not bytes, malformed), and then the
    /// whole file is the answer; a start behind the end gives a count of 0, and then 416 is.
    /// </summary>
    internal static bool TryParse(string? header, long length, out ByteRange range)
    {
        range = new ByteRange(0, length);
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return false;
        ReadOnlySpan<char> text = header.AsSpan(Unit.Length).Trim();
        int dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(',')) return false;

        bool hasStart = DecimalText.TryParseDigits(text[..dash], out long start);
        bool hasEnd = DecimalText.TryParseDigits(text[(dash + 1)..], out long end);
        if (!hasStart && (dash > 0 || !hasEnd)) return false;
        if (!hasEnd && text[(dash + 1)..].ContainsAnyExceptInRange('0', '9')) return false;
        if (!hasStart) (start, end) = (Math.Max(0, length - end), length - 1); // the last bytes
        else if (!hasEnd) end = length - 1;
        end = Math.Min(end, length - 1);
        range = new ByteRange(start, Math.Max(0, end - start + 1));
        return true;
    }
}
