using System;
using System.Diagnostics.CodeAnalysis;

namespace Helios.Jobs;

/// <summary>A job's name in file names and farms: <c>[a-z0-9]([a-z0-9-]{0,62})</c>.</summary>
internal readonly record struct JobId
{
    internal const string Expected = "1 to 63 of a-z, 0-9 and -, beginning with a letter or digit";

    private const int MaxLength = 63;
    private const int RandomLength = 12; // 62 bits: after 50 million jobs the probability of a collision is one in a thousand
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    private readonly string? _text;

    private JobId(string text) => _text = text;

    internal static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (text is null || text.Length is 0 or > MaxLength || text[0] == '-') return false;
        foreach (char c in text)
            if (c != '-' && !char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c)) return false;

        id = new JobId(text);
        return true;
    }

    /// <summary>Makes an id from 16 random bytes. The randomness is the caller's, so that tests can fix it.</summary>
    internal static JobId FromRandom(Guid random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.TryWriteBytes(bytes);
        var value = new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
        return new JobId(string.Create(RandomLength, value, static (span, rest) =>
        {
            foreach (ref char c in span)
            {
                c = Alphabet[(int)(rest % 36)];
                rest /= 36;
            }
        }));
    }

    public override string ToString() => _text ?? "";
}
