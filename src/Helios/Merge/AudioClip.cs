using System;

namespace Helios.Merge;

/// <summary>A piece of sound on the composition's timeline, wherever it comes from. Times are seconds.</summary>
internal sealed record AudioClip
{
    /// <summary>Absolute path of the file.</summary>
    internal required string Path { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    internal decimal Start { get; init; }

    /// <summary>How long it is heard at the most; 0 has no limit.</summary>
    internal decimal Length { get; init; }

    /// <summary>The part of the file that is played, from here …</summary>
    internal decimal TrimStart { get; init; }

    /// <summary>… to here; 0 is the file's end.</summary>
    internal decimal TrimEnd { get; init; }

    /// <summary>Whether the part is repeated.</summary>
    internal bool IsLooping { get; init; }

    /// <summary>How far into the part, or its repetitions, it begins.</summary>
    internal decimal Skip { get; init; }

    /// <summary>Speed, at the same pitch: 2 plays it in half the time.</summary>
    internal decimal Rate { get; init; } = 1;

    internal decimal Volume { get; init; } = 1;

    internal decimal FadeIn { get; init; }

    internal decimal FadeOut { get; init; }

    /// <summary>What the file holds.</summary>
    internal SoundFacts Sound { get; init; } = new(IsMono: false, Seconds: 0);

    /// <summary>How long it is heard from its start to the end of the video.</summary>
    /// <param name="rest">From its start to the end of the video.</param>
    internal decimal HeardFor(decimal rest)
    {
        decimal heard = rest;
        decimal end = TrimEnd > 0 && (Sound.Seconds == 0 || TrimEnd < Sound.Seconds) ? TrimEnd : Sound.Seconds;
        if (!IsLooping && end > 0) heard = Math.Min(heard, Math.Max(0, (end - TrimStart - Skip) / Rate));
        if (Length > 0) heard = Math.Min(heard, Length);
        return heard;
    }
}
