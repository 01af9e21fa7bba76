using System;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>The bytes that a request asks for: <c>Range: bytes=a-b</c> of RFC 9110, one range.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Count">Number of bytes.</param>
internal readonly record struct ByteRange(long Start, long Count)
{
    /// <summary>
    /// Reads the header's value. Returns false when the header must be ignored and the whole file served: several ranges, not
    /// bytes, or malformed, such as a last byte before the first (14.1.1). A start past the end of the file gives a count of 0; the
    /// answer is then 416 (14.1.2).
    /// </summary>
    internal static bool TryParse(string? header, long length, out ByteRange range)
    {
        range = new ByteRange(0, length);
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return false;
        ReadOnlySpan<char> text = header.AsSpan(Unit.Length).Trim();
        int dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(',')) return false;

        ReadOnlySpan<char> first = text[..dash];
        ReadOnlySpan<char> last = text[(dash + 1)..];
        if (first.IsEmpty && last.IsEmpty) return false;
        long start = 0, end = 0;
        bool hasStart = !first.IsEmpty;
        bool hasEnd = !last.IsEmpty;
        if ((hasStart && !TryRead(first, out start)) || (hasEnd && !TryRead(last, out end))) return false;
        if (hasStart && hasEnd && end < start) return false;
        if (!hasStart && end > 0 && length == 0) return false; // the whole file is shorter than that
        if (!hasStart) (start, end) = (Math.Max(0, length - end), length - 1); // the last bytes
        else if (!hasEnd) end = length - 1;
        end = Math.Min(end, length - 1);
        range = new ByteRange(start, Math.Max(0, end - start + 1));
        return true;
    }

    /// <summary>Reads a position; one that is out of range becomes the largest possible.</summary>
    private static bool TryRead(ReadOnlySpan<char> digits, out long position)
    {
        position = 0;
        if (digits.ContainsAnyExceptInRange('0', '9')) return false;
        ReadOnlySpan<char> significant = digits.TrimStart('0');
        if (!significant.IsEmpty && !DecimalText.TryParseDigits(significant, out position)) position = long.MaxValue;
        return true;
    }
}
