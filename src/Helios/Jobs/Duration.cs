using System;
using System.Globalization;
using Helios.Text;

namespace Helios.Jobs;

/// <summary>A length of time in whole nanoseconds, above 0 and at most <see cref="MaxSeconds"/> seconds.</summary>
internal readonly record struct Duration
{
    /// <summary>Longest duration, in seconds: about 31 years.</summary>
    internal const long MaxSeconds = 1_000_000_000;

    /// <summary>Accepted forms, for messages.</summary>
    internal const string Expected = "seconds (2.5), hh:mm:ss.mmm or frames (60f), above 0";

    private const long PerSecond = 1_000_000_000;

    private Duration(long nanoseconds) => Nanoseconds = nanoseconds;

    internal long Nanoseconds { get; }

    /// <summary>False when the value is not above 0 or is beyond <see cref="MaxSeconds"/>.</summary>
    internal static bool TryCreate(Int128 nanoseconds, out Duration duration)
    {
        bool isValid = nanoseconds > 0 && nanoseconds <= (Int128)MaxSeconds * PerSecond;
        duration = isValid ? new Duration((long)nanoseconds) : default;
        return isValid;
    }

    /// <summary>
    /// Duration of a number of frames, rounded down to the nanosecond, so that
    /// <see cref="ToFrames"/> returns the same number (rates are at most 1000 per second).
    /// </summary>
    internal static bool TryFromFrames(long frames, FrameRate rate, out Duration duration) =>
        TryCreate((Int128)frames * PerSecond * rate.Denominator / rate.Numerator, out duration);

    /// <summary>Reads seconds (<c>2</c>, <c>2.5</c>, up to nine places) or <c>[hh:]mm:ss[.fff]</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out Duration duration)
    {
        duration = default;
        Int128 seconds = 0;
        int fields = 1;
        for (; ; fields++)
        {
            int colon = text.IndexOf(':');
            if (colon < 0) break;
            if (fields > 2 || !DecimalText.TryParseDigits(text[..colon], out long field)) return false;
            if (fields > 1 && field > 59) return false;
            seconds = (seconds + field) * 60;
            text = text[(colon + 1)..];
        }

        if (!DecimalText.TryParse(text, maxPlaces: 9, out long digits, out int places)) return false;
        Int128 last = (Int128)digits * DecimalText.PowerOfTen(9 - places);
        if (fields > 1 && last >= 60 * (Int128)PerSecond) return false;
        return TryCreate((seconds * PerSecond) + last, out duration);
    }

    /// <summary>Frames at a rate, rounded up: a started frame is shown. 2.2 s at 25/1 is 55.</summary>
    internal long ToFrames(FrameRate rate)
    {
        Int128 numerator = (Int128)Nanoseconds * rate.Numerator;
        Int128 denominator = (Int128)PerSecond * rate.Denominator;
        return (long)((numerator + denominator - 1) / denominator);
    }

    /// <summary>Seconds, for the job spec.</summary>
    internal decimal ToSeconds() => DecimalText.ToDecimal(Nanoseconds, 9);

    /// <summary>Seconds, for people: <c>2.5</c>.</summary>
    public override string ToString() => ToSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>From seconds of a job spec; false for more than nine decimals or out of range.</summary>
    internal static bool TryFromSeconds(decimal seconds, out Duration duration)
    {
        duration = default;
        if (seconds <= 0 || seconds > MaxSeconds) return false;
        decimal nanoseconds = seconds * PerSecond;
        long whole = (long)nanoseconds;
        return whole == nanoseconds && TryCreate(whole, out duration);
    }
}
