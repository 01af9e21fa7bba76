using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The size, rate and length that a page declares. A value is checked only when it is used: a value that an option overrides may be
/// anything. A used value that is impossible is refused, because falling back to the default would surprise.
/// </summary>
internal sealed class PageDeclarations
{
    private const int LongestSource = 100;
    private const int TimePlaces = 6; // a computed number of seconds: digits below a microsecond are noise

    private readonly string _url;
    private readonly Dictionary<string, Declaration> _statements = [];

    /// <param name="url">URL of the page, for messages.</param>
    /// <param name="text">Result of the driver's <c>declarations()</c>: one declaration a line, highest precedence first.</param>
    /// <param name="paintRefusal">See <see cref="PaintRefusal"/>.</param>
    internal PageDeclarations(string url, string text, string paintRefusal = "")
    {
        _url = url;
        PaintRefusal = paintRefusal;
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 3 && fields[2].Length > 0)
                _ = _statements.TryAdd(fields[0], new Declaration(ErrorText.Shorten(fields[1], LongestSource), fields[2]));
        }
    }

    /// <summary>Why the page cannot be captured by paint, as far as known when the page is ready; empty when it can.</summary>
    internal string PaintRefusal { get; }

    /// <summary>Whether the page runs in animation frames and asks nothing for the time, as far as its first frames show.</summary>
    internal bool StepsUntimed { get; set; }

    /// <summary>The page's declaration of a value, by the name of the option for it; null when there is none.</summary>
    internal Declaration? this[string name] => _statements.GetValueOrDefault(name);

    /// <summary>Width or height in pixels; null when the page declares none.</summary>
    /// <exception cref="HeliosException">65: the value is impossible.</exception>
    internal int? ReadSide(string name)
    {
        if (this[name] is not { } said) return null;
        return DecimalText.TryParseDigits(said.Text, out long side) && side is >= 1 and <= RenderRules.MaxSide
            ? (int)side
            : throw Refuse(name,
                string.Create(CultureInfo.InvariantCulture, $"which is not a whole number from 1 to {RenderRules.MaxSide}"));
    }

    /// <exception cref="HeliosException">65: the value is impossible.</exception>
    internal FrameRate? ReadFrameRate()
    {
        if (this["fps"] is not { } said) return null;
        return FrameRate.TryParse(said.Text, out FrameRate rate) ? rate : throw Refuse("fps", "which is not " + FrameRate.Expected);
    }

    /// <exception cref="HeliosException">65: the value is impossible.</exception>
    internal Duration? ReadDuration()
    {
        if (this["duration"] is not { } said) return null;
        int point = said.IsNumber ? said.Text.IndexOf('.', StringComparison.Ordinal) : -1;
        string text = point >= 0 && said.Text.Length > point + 1 + TimePlaces ? said.Text[..(point + 1 + TimePlaces)] : said.Text;
        return Duration.TryParse(text, out Duration duration)
            ? duration
            : throw Refuse("duration",
                string.Create(CultureInfo.InvariantCulture, $"which is not a number of seconds above 0 and at most {Duration.MaxSeconds}"));
    }

    /// <summary>The refusal of a declared value.</summary>
    /// <param name="name">Name of the option for it.</param>
    /// <param name="why">The reason.</param>
    internal HeliosException Refuse(string name, string why) =>
        new(ExitCode.Invalid, $"the page says {name} {this[name]!.Value}, {why}", $"{this[name]!.Source} of {_url}",
            $"fix the page, or give --{name}");

    /// <summary>The refusal of a capture method that the page excludes.</summary>
    internal HeliosException RefusePaint() => new(ExitCode.Invalid, PaintRefusal, _url, PageScripts.OtherCapture);
}
