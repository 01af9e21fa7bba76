using System;
using System.Globalization;

namespace Helios.Browser;

/// <summary>Versions of Chromium, and which of them helios renders with (docs/compatibility.md).</summary>
internal static class BrowserVersion
{
    /// <summary>The oldest with which all pages were exact: with 131 and 138 frames of workers were others at times.</summary>
    internal const int Oldest = 143;

    /// <summary>Playwright's number of its first build of that version, which came with Playwright 1.57.</summary>
    internal const int OldestOfPlaywright = 1200;

    /// <summary>The oldest that captures by paint what a screenshot shows: 149 loses backgrounds and text.</summary>
    internal const int OldestOfPaint = 153;

    /// <summary>The newest whose pages were compared.</summary>
    internal const int Newest = 156;

    /// <summary>From the first word of digits and dots in a text, such as <c>HeadlessChrome/131.0.6778.33</c>; null without any.</summary>
    internal static Version? Find(string text)
    {
        foreach (string word in text.Split([' ', '/', '-', '\n']))
            if (word.Contains('.', StringComparison.Ordinal) && Version.TryParse(word, out Version? version)) return version;
        return null;
    }

    /// <summary>The main number in what DevTools calls the product; null when it is no Chromium.</summary>
    internal static int? MajorOf(string product) => product.Contains("Chrom", StringComparison.Ordinal) ? Find(product)?.Major : null;

    /// <summary>Why a version will not do; null when it will.</summary>
    internal static string? WhyTooOld(int? major) => major < Oldest
        ? string.Create(CultureInfo.InvariantCulture, $"it is version {major}, and helios needs {Oldest} or later")
        : null;
}
