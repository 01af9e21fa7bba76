using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Jobs;

namespace Helios.Run;

/// <summary>
/// Several frames in one image, each with its number and time. It is a page that the browser lays out: text is as readable as
/// elsewhere, and no other program is needed.
/// </summary>
/// <param name="frames">The frames.</param>
/// <param name="options">How they were rendered.</param>
internal sealed class ContactSheet(IReadOnlyList<long> frames, RenderOptions options)
{
    /// <summary>With more, the frames are too small or the sheet is too large to be looked at.</summary>
    internal const int MostFrames = 100;

    /// <summary>Frames of a sheet that does not say which.</summary>
    internal const int UsualFrames = 12;

    private const int SheetWidth = 1920; // pixels, unless the least width of a frame needs more
    private const int LeastWidth = 240; // room for the longest label
    private const int MostHeight = 1080;
    private const int Gap = 12;
    private const int LabelHeight = 26;

    /// <summary>As many columns as bring the sheet closest to the shape of a screen, with few empty places.</summary>
    internal int Columns
    {
        get
        {
            int best = 1;
            double least = double.MaxValue;
            for (int columns = 1; columns <= frames.Count; columns++)
            {
                int rows = (frames.Count + columns - 1) / columns;
                double shape = (double)columns * options.Width / ((double)rows * options.Height);
                double empty = 1 - ((double)frames.Count / (columns * rows));
                double distance = Math.Max(shape * 9 / 16, 16 / (shape * 9)) + empty;
                if (distance > least + 1e-9) continue; // of two that are as good, the wider sheet
                (best, least) = (columns, distance);
            }

            return best;
        }
    }

    /// <summary>Width of a frame: never enlarged.</summary>
    internal int PictureWidth
    {
        get
        {
            int width = Math.Min(options.PixelWidth, Math.Max(LeastWidth, ((SheetWidth - Gap) / Columns) - Gap));
            return (int)Math.Max(1, Math.Min(width, (long)MostHeight * options.PixelWidth / options.PixelHeight));
        }
    }

    internal int PictureHeight => (int)Math.Max(1, (long)PictureWidth * options.PixelHeight / options.PixelWidth);

    internal int Width => (Columns * (CellWidth + Gap)) + Gap;

    internal int Height => ((frames.Count + Columns - 1) / Columns * (PictureHeight + LabelHeight + Gap)) + Gap;

    private int CellWidth => Math.Max(LeastWidth, PictureWidth);

    /// <summary>Frames that show a whole composition: its first, its last, and others at equal distances.</summary>
    internal static long[] Spread(FrameRange all)
    {
        long count = Math.Min(UsualFrames, all.Count);
        long[] frames = new long[count];
        for (long i = 0; i < count; i++) frames[i] = all.Start + (count == 1 ? 0 : i * (all.Count - 1) / (count - 1));
        return frames;
    }

    /// <summary>The page; its screenshot is the sheet.</summary>
    /// <param name="nameOf">URL of a frame's file.</param>
    internal string MakePage(Func<long, string> nameOf)
    {
        var html = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            <!doctype html><meta charset="utf-8"><title>contact sheet</title><style>
            body { margin: {{Gap}}px; display: grid; grid-template-columns: repeat({{Columns}}, {{CellWidth}}px); gap: {{Gap}}px }
            body { background: #1b1b1f; color: #f4f4f6; font: 15px/{{LabelHeight}}px sans-serif }
            figure { margin: 0; height: {{PictureHeight + LabelHeight}}px }
            img { display: block; margin: auto; width: {{PictureWidth}}px; height: {{PictureHeight}}px }
            img { background: repeating-conic-gradient(#999 0 25%, #777 0 50%) 0 0 / 16px 16px }
            figcaption { display: flex; justify-content: space-between; white-space: nowrap }
            </style>
            """));
        foreach (long frame in frames)
        {
            html.Append(string.Create(CultureInfo.InvariantCulture,
                $"<figure><img src=\"{nameOf(frame)}\"><figcaption><b>{frame}</b><span>{TimeOf(frame)}</span></figcaption></figure>\n"));
        }

        return html.ToString();
    }

    /// <summary><c>1.500 s</c>, from a minute <c>1:01.500</c>, from an hour <c>1:01:01.500</c>; rounded down.</summary>
    internal string TimeOf(long frame)
    {
        FrameRate rate = options.FrameRate;
        long milliseconds = (long)((decimal)frame * rate.Denominator * 1000 / rate.Numerator);
        long seconds = milliseconds / 1000;
        string rest = string.Create(CultureInfo.InvariantCulture, $".{milliseconds % 1000:000}");
        return seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds}{rest} s")
            : seconds < 3600 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}{rest}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}{rest}");
    }
}
