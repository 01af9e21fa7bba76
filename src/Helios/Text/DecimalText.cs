using System;

namespace Helios.Text;

/// <summary>
/// Decimal numbers as people type them (<c>12</c>, <c>2.5</c>), parsed into integers: no sign, no
/// exponent, no white space, no floating point.
/// </summary>
internal static class DecimalText
{
    private const int MaxDigits = 15;

    /// <summary>Reads 1 to 15 ASCII digits.</summary>
    internal static bool TryParseDigits(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > MaxDigits) return false;

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }

    /// <summary>
    /// Reads digits with at most <paramref name="maxPlaces"/> of them after a point: <c>2.50</c> gives 250 and 2 places.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<char> text, int maxPlaces, out long digits, out int places)
    {
        places = 0;
        int point = text.IndexOf('.');
        if (point < 0) return TryParseDigits(text, out digits);

        digits = 0;
        var fraction = text[(point + 1)..];
        if (fraction.Length == 0 || fraction.Length > maxPlaces) return false;
        long whole = 0;
        if (point > 0 && !TryParseDigits(text[..point], out whole)) return false;
        if (point + fraction.Length > MaxDigits || !TryParseDigits(fraction, out long rest)) return false;

        places = fraction.Length;
        digits = (whole * PowerOfTen(places)) + rest;
        return true;
    }

    internal static long PowerOfTen(int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    /// <summary><paramref name="units"/> · 10^-<paramref name="places"/> without trailing zeros: it is written as 2, not 2.000.</summary>
    internal static decimal ToDecimal(long units, int places)
    {
        while (places > 0 && units % 10 == 0)
        {
            units /= 10;
            places--;
        }

        return new decimal((int)units, (int)(units >> 32), 0, isNegative: false, (byte)places);
    }
}
