using System;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs.Document;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs.Encode;

/// <summary>What a video file says of itself. By default nothing, so that the same job gives the same bytes.</summary>
/// <param name="Title">One line; null for none.</param>
/// <param name="CreationTime">UTC, <c>2026-11-29T14:00:00Z</c>; null for none.</param>
internal sealed record FileMetadata(string? Title, string? CreationTime)
{
    internal const string ExpectedTime = "a time in UTC such as 2026-11-29T14:00:00Z, from 1970 to 2399, a date, or now";

    internal static readonly FileMetadata None = new(null, null);

    private const int LongestTitle = 1000;
    private const string Pattern = "0000-00-00T00:00:00Z";

    /// <summary>Reads a time, a date, which means its midnight, or <c>now</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time now in ticks of <see cref="DateTime"/>: as an argument itself that would bring its formats along.</param>
    internal static string? ParseTime(string text, Func<long> now)
    {
        string time = text == "now" ? Format(new DateTime(now()))
            : text.Length == 10 ? text + Pattern[10..] : text;
        return IsTime(time) ? time : null;
    }

    // DateTime's own formats would be 100 KB of the binary
    private static string Format(DateTime time) => string.Create(CultureInfo.InvariantCulture,
        $"{time.Year:0000}-{time.Month:00}-{time.Day:00}T{time.Hour:00}:{time.Minute:00}:{time.Second:00}Z");

    /// <summary>The first broken rule, or null.</summary>
    internal Finding? Check(Container container)
    {
        if (Title is null && CreationTime is null) return null;
        string member = Title is not null ? Names.Title : Names.CreationTime;
        if (container.IsOfImages)
        {
            return new(member, $"a .{container} file has no {(Title is not null ? "title" : "creation time")}",
                "leave it out, or render a video");
        }

        if (CreationTime is not null && !IsTime(CreationTime))
        {
            return new(Names.CreationTime, $"\"{ErrorText.OneLine(CreationTime)}\" is not a time",
                "give one such as 2026-11-29T14:00:00Z");
        }

        if (Title is null) return null;
        if (Title.Length is 0 or > LongestTitle)
        {
            return new(Names.Title, string.Create(CultureInfo.InvariantCulture, $"a title of {Title.Length} characters is not possible"),
                string.Create(CultureInfo.InvariantCulture, $"give 1 to {LongestTitle} characters"));
        }

        foreach (char c in Title)
        {
            if (char.IsControl(c))
                return new(Names.Title, "the title has a line break or another control character", "give one line of text");
        }

        return null;
    }

    private static bool IsTime(string text)
    {
        if (text.Length != Pattern.Length) return false;
        for (int i = 0; i < text.Length; i++)
            if (Pattern[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != Pattern[i]) return false;
        int year = Number(0, 4), month = Number(5, 2), day = Number(8, 2);
        return year is >= 1970 and <= 2399 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && Number(11, 2) < 24 && Number(14, 2) < 60 && Number(17, 2) < 60;

        int Number(int start, int length) => int.Parse(text.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
