using System;

namespace Helios.Ffmpeg;

/// <summary>A piece of audio on the composition's timeline, from any source. Times are seconds.</summary>
internal sealed record AudioClip
{
    /// <summary>Absolute path of the file.</summary>
    internal required string Path { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    internal decimal Start { get; init; }

    /// <summary>Longest time for which it is audible; 0 for no limit.</summary>
    internal decimal Length { get; init; }

    /// <summary>The part of the file that is played, from here …</summary>
    internal decimal TrimStart { get; init; }

    /// <summary>… to here; 0 is the file's end.</summary>
    internal decimal TrimEnd { get; init; }

    /// <summary>Whether the part is repeated.</summary>
    internal bool IsLooping { get; init; }

    /// <summary>Offset into the part, or into its repetitions, at which it begins.</summary>
    internal decimal Skip { get; init; }

    /// <summary>Playback rate at constant pitch: 2 plays it in half the time.</summary>
    internal decimal Rate { get; init; } = 1;

    internal decimal Volume { get; init; } = 1;

    internal decimal FadeIn { get; init; }

    internal decimal FadeOut { get; init; }

    /// <summary>The audio of the file.</summary>
    internal AudioInfo Info { get; init; } = new(IsMono: false, Seconds: 0);

    /// <summary>Counted length of the file; 0 where the length is not needed and the audio just ends.</summary>
    internal decimal FileLength { get; init; }

    /// <summary>
    /// Whether the file's own end decides when the audio fades out. Only then is the length counted: headers round it, and for
    /// some formats it is an estimate that is wrong by a factor.
    /// </summary>
    internal bool IsFadedAtFileEnd => FadeOut > 0 && !IsLooping && (TrimEnd == 0 || !Info.IsSurelyLongerThan(TrimEnd));

    /// <summary>
    /// Whether it may be repeated for so long that the file is read again each time instead of kept in memory
    /// (<see cref="AudioGraph"/>). That needs a counted length.
    /// </summary>
    /// <param name="end">End of the video on the composition's timeline.</param>
    internal bool MayLoopLong(decimal end) => IsLooping && end > AudioGraph.LongestKept
        && (TrimEnd > 0 ? TrimEnd - TrimStart > AudioGraph.LongestKept : Info.Seconds == 0 || Info.Seconds + 1 > AudioGraph.LongestKept);

    /// <summary>Length of the part that is played, once the file is counted; 0 before.</summary>
    internal decimal PartLength =>
        FileLength == 0 ? 0 : Math.Max(0, (TrimEnd > 0 ? Math.Min(TrimEnd, FileLength) : FileLength) - TrimStart);

    /// <summary>Longest time for which it is audible, from its start to the end of the video; a file may end earlier.</summary>
    /// <param name="rest">Time from its start to the end of the video.</param>
    internal decimal HeardFor(decimal rest)
    {
        decimal heard = rest;
        decimal end = TrimEnd > 0 && (FileLength == 0 || TrimEnd < FileLength) ? TrimEnd : FileLength;
        if (!IsLooping && end > 0) heard = Math.Min(heard, Math.Max(0, (end - TrimStart - Skip) / Rate));
        if (Length > 0) heard = Math.Min(heard, Length);
        return heard;
    }
}
