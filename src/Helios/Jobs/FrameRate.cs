using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Helios.Text;

namespace Helios.Jobs;

/// <summary>
/// Frames per second as an exact fraction in lowest terms. Every computation uses the fraction; <see cref="ToNumber"/> is for
/// readers only. Frame n is shown at n·Denominator/Numerator seconds.
/// </summary>
internal readonly record struct FrameRate
{
    /// <summary>Largest numerator and denominator: a movie file's time scale must hold the numerator.</summary>
    internal const int MaxTerm = 1_000_000;

    /// <summary>Accepted forms, for messages.</summary>
    internal const string Expected = "a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc";

    private const long TicksPerSecond = 10_000;
    private const int SlowestPer100 = 1;
    private const int Fastest = 1000;

    private static readonly (string Name, int Numerator, int Denominator)[] s_names =
    [
        ("film", 24, 1), ("ntsc-film", 24000, 1001), ("pal", 25, 1), ("ntsc", 30000, 1001),
    ];

    private FrameRate(int numerator, int denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    internal int Numerator { get; }

    internal int Denominator { get; }

    /// <summary>Makes a rate in lowest terms; false when it is not in 0.01..1000 or a term is beyond <see cref="MaxTerm"/>.</summary>
    internal static bool TryCreate(long numerator, long denominator, out FrameRate rate)
    {
        rate = default;
        if (numerator <= 0 || denominator <= 0) return false;

        long divisor = GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        if (numerator > MaxTerm || denominator > MaxTerm) return false;
        if (numerator > Fastest * denominator || numerator * 100 < SlowestPer100 * denominator) return false;

        rate = new FrameRate((int)numerator, (int)denominator);
        return true;
    }

    /// <summary>
    /// Reads <c>30</c>, <c>12.5</c>, <c>30000/1001</c> or a name. A decimal that is the rounding of an NTSC rate
    /// (24, 30, 48, 60 or 120 times 1000/1001) to at least two places means that rate: 23.976, 23.98, 29.97, 59.94 …
    /// </summary>
    internal static bool TryParse([NotNullWhen(true)] string? text, out FrameRate rate)
    {
        rate = default;
        if (string.IsNullOrEmpty(text)) return false;

        foreach (var (name, numerator, denominator) in s_names)
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase)) return TryCreate(numerator, denominator, out rate);

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return DecimalText.TryParseDigits(text.AsSpan(0, slash), out long numerator)
                && DecimalText.TryParseDigits(text.AsSpan(slash + 1), out long denominator)
                && TryCreate(numerator, denominator, out rate);
        }

        if (!DecimalText.TryParse(text, maxPlaces: 9, out long digits, out int places)) return false;
        long scale = DecimalText.PowerOfTen(places);
        return TryNtsc(digits, places, scale, out rate) || TryCreate(digits, scale, out rate);
    }

    /// <summary>A whole number of frames per second that the program knows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in 1..1000.</exception>
    internal static FrameRate OfWhole(int framesPerSecond) =>
        TryCreate(framesPerSecond, 1, out FrameRate rate)
            ? rate
            : throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "not a frame rate");

    /// <summary>Time of a frame in units of 0.1 ms, rounded to the nearest: the encoder's timestamp.</summary>
    internal long TicksOf(long frame)
    {
        Int128 scaled = (Int128)frame * Denominator * TicksPerSecond * 2;
        return (long)((scaled / Numerator + 1) / 2);
    }

    /// <summary>The exact text of the job spec: <c>30/1</c>, <c>30000/1001</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>The rate rounded to six decimals, trailing zeros dropped: 30, 29.97003.</summary>
    internal decimal ToNumber()
    {
        long twiceMillionths = Numerator * 2_000_000L / Denominator;
        return DecimalText.ToDecimal((twiceMillionths + 1) / 2, 6);
    }

    /// <summary>The form for people: <c>30</c> or <c>29.97003</c>.</summary>
    internal string ToDisplay() => ToNumber().ToString(CultureInfo.InvariantCulture);

    private static bool TryNtsc(long digits, int places, long scale, out FrameRate rate)
    {
        rate = default;
        if (places < 2) return false;

        foreach (int nominal in (ReadOnlySpan<int>)[24, 30, 48, 60, 120])
        {
            // round(nominal · 1000/1001 · scale), in integers
            long rounded = ((nominal * 1000L * scale * 2 / 1001) + 1) / 2;
            if (digits == rounded) return TryCreate(nominal * 1000L, 1001, out rate);
        }

        return false;
    }

    internal static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
