using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Text;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs.Encode;

/// <summary>
/// Options for the encoder itself, in the order given. Each is one of a list for its codec, with a number in its range or a word of its
/// list as the value: nothing can become another option of ffmpeg, name a file, move a key frame or change the number of frames.
/// Encoders ignore what they cannot parse, so that helios checks it all.
/// </summary>
internal sealed class EncoderOptions(IReadOnlyList<KeyValuePair<string, string>> all)
{
    internal const int LongestText = 64;

    internal static readonly EncoderOptions None = new([]);

    /// <summary>Those that ffmpeg has as options of its own, for x264 and x265.</summary>
    private static readonly string[] s_words = ["tune", "profile"];

    internal IReadOnlyList<KeyValuePair<string, string>> All => all;

    /// <summary>For a list of the encoder's parameters: each as <c>:key=value</c>.</summary>
    /// <param name="hasWords">Whether some are options of ffmpeg, which <see cref="ToWords"/> has.</param>
    internal string ToParameters(bool hasWords = true)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in all)
            if (!hasWords || Array.IndexOf(s_words, key) < 0) text.Append(':').Append(key).Append('=').Append(value);
        return text.ToString();
    }

    /// <summary>As words of ffmpeg's command line.</summary>
    /// <param name="hasParameters">Whether the encoder takes the others as <see cref="ToParameters"/>.</param>
    internal string[] ToWords(bool hasParameters)
    {
        var words = new List<string>();
        foreach (var (key, value) in all)
            if (!hasParameters || Array.IndexOf(s_words, key) >= 0) words.AddRange(["-" + key, value]);
        return [.. words];
    }

    /// <summary>The first broken rule, or null.</summary>
    internal Finding? Check(VideoCodec codec)
    {
        var seen = new HashSet<string>();
        foreach (var (key, value) in all)
        {
            string shown = ErrorText.OneLine(ErrorText.Shorten(key, LongestText));
            if (EncoderOptionReasons.Find(key) is string reason)
                return new(Names.EncoderOptions, $"the encoder option \"{shown}\" is not for {codec}: {reason}", "leave it out");
            if (!seen.Add(key)) return new(Names.EncoderOptions, $"the encoder option {shown} is given twice", "give it once");
            string? values = Find(codec, key, out string[] known);
            if (values is null)
            {
                return new(Names.EncoderOptions, $"{codec} has no encoder option \"{shown}\" that helios passes on",
                    known.Length == 0 ? "leave it out" : $"use one of {string.Join(", ", known)}{NearestName.Hint(shown, known)}");
            }

            if (!IsOf(values, value))
            {
                string text = ErrorText.OneLine(ErrorText.Shorten(value, LongestText));
                return new(Names.EncoderOptions, $"the encoder option {key} cannot be \"{text}\"", "give " + Describe(values));
            }
        }

        return null;
    }

    /// <summary>The values of an option of a codec; null where it has none of this name.</summary>
    private static string? Find(VideoCodec codec, string key, out string[] known)
    {
        string[] all = codec.EncoderOptions.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        known = Array.ConvertAll(all, static option => option[..option.IndexOf('=', StringComparison.Ordinal)]);
        int index = Array.IndexOf(known, key);
        return index < 0 ? null : all[index][(known[index].Length + 1)..];
    }

    /// <summary>Whether a value is one of <c>a|b|c</c>, or a number of <c>0..3</c>, <c>0.0..3.0</c>, or two of <c>-6..6,</c>.</summary>
    private static bool IsOf(string values, string value)
    {
        int dots = values.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return Array.IndexOf(values.Split('|'), value) >= 0;
        bool isPair = values.EndsWith(',');
        string least = values[..dots], most = values[(dots + 2)..].TrimEnd(',');
        string[] parts = value.Split(',');
        if (parts.Length > (isPair ? 2 : 1)) return false;
        foreach (string part in parts)
        {
            bool isNegative = part.StartsWith('-');
            int places = least.Contains('.', StringComparison.Ordinal) ? 3 : 0;
            if (!DecimalText.TryParse(part.AsSpan(isNegative ? 1 : 0), places, out long digits, out int found)) return false;
            decimal number = DecimalText.ToDecimal(digits, found) * (isNegative ? -1 : 1);
            if (number < ToNumber(least) || number > ToNumber(most)) return false;
        }

        return true;
    }

    private static string Describe(string values)
    {
        int dots = values.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return values.Replace("|", ", ", StringComparison.Ordinal);
        string kind = values.EndsWith(',') ? "one number or two, joined by a comma,"
            : values.Contains(".0", StringComparison.Ordinal) ? "a number" : "a whole number";
        return $"{kind} from {values[..dots]} to {values[(dots + 2)..].TrimEnd(',')}";
    }

    private static decimal ToNumber(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
