using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Text;

namespace Helios.Cli.Options;

/// <summary>
/// Frames as they are typed, <c>0,45,90</c> or <c>25%,50%</c> or both: numbers on the composition's timeline, and parts of the
/// length. Mistakes in the text are found before a browser starts, others when the length is known.
/// </summary>
internal sealed class FrameList
{
    /// <summary>More would take as long as a video: each opens the page again.</summary>
    internal const int MostFrames = 1000;

    private const int PercentPlaces = 4;
    private const string Expected = "give numbers from 0 or percents, such as 0,45,90 or 25%,50%";

    private readonly string _option;
    private readonly List<Entry> _entries = [];

    /// <exception cref="HeliosException">64: not a list of frames.</exception>
    internal FrameList(string option, string text)
    {
        _option = option;
        string[] words = text.Split(',');
        if (words.Length > MostFrames)
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"{words.Length} frames are too many"), option,
                string.Create(CultureInfo.InvariantCulture, $"give at most {MostFrames}, or render them all with --frames-only"));
        }

        foreach (string word in words) _entries.Add(Parse(word));
    }

    internal int Count => _entries.Count;

    /// <summary>Whether the length decides which frames these are.</summary>
    internal bool HasPercents => _entries.Exists(static entry => entry.Percent is not null);

    /// <summary>The frames, in ascending order.</summary>
    /// <param name="all">Those that exist.</param>
    /// <param name="isLengthKnown">Whether frames past the end are an error.</param>
    /// <exception cref="HeliosException">64: a frame that does not exist, or is named twice.</exception>
    internal long[] Resolve(FrameRange all, bool isLengthKnown)
    {
        var frames = new List<long>();
        var texts = new List<string>();
        foreach (Entry entry in _entries)
        {
            string text = entry.Text;
            long frame = entry.Percent is decimal part
                ? all.Start + Math.Min(all.Count - 1, (long)(all.Count * part / 100))
                : entry.Number;
            if (frame < all.Start || (isLengthKnown && frame >= all.End))
            {
                throw new HeliosException(ExitCode.Usage, $"there is no frame {text}", _option,
                    string.Create(CultureInfo.InvariantCulture,
                        $"give {all.Start} to {all.End - 1}; the length is that of the page, --duration or --frames"));
            }

            int place = frames.Count;
            while (place > 0 && frames[place - 1] >= frame) place--;
            if (place < frames.Count && frames[place] == frame)
            {
                throw new HeliosException(ExitCode.Usage, texts[place] == text
                        ? $"the frame {text} is given twice"
                        : string.Create(CultureInfo.InvariantCulture, $"{texts[place]} and {text} are both frame {frame}"),
                    _option, "leave one out");
            }

            frames.Insert(place, frame);
            texts.Insert(place, text);
        }

        return [.. frames];
    }

    private Entry Parse(string word)
    {
        if (word.EndsWith('%') && DecimalText.TryParse(word.AsSpan(0, word.Length - 1), PercentPlaces, out long digits, out int places)
            && DecimalText.ToDecimal(digits, places) is >= 0 and <= 100 and decimal percent)
        {
            return new Entry(word, 0, percent);
        }

        if (DecimalText.TryParseDigits(word, out long number) && number <= FrameRange.MaxFrames) return new Entry(word, number, null);
        throw ExportArguments.Wrong(_option, ErrorText.OneLine(word), "a frame", Expected);
    }

    private sealed class Entry(string text, long number, decimal? percent)
    {
        internal string Text => text;

        internal long Number => number;

        /// <summary>Part of the length; null for a number.</summary>
        internal decimal? Percent => percent;
    }
}
