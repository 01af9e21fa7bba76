namespace Helios.Jobs;

/// <summary>Something that the page itself plays, as a worker saw it. Times are seconds.</summary>
internal sealed record MediaClip
{
    /// <summary>Most clips that a receipt remembers.</summary>
    internal const int Most = 200;

    /// <summary>Longest <see cref="Source"/>, in characters.</summary>
    internal const int MaxSourceLength = 2048;

    /// <summary>A file of the project, percent-encoded and relative to its root; else the whole URL.</summary>
    public required string Source { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    public decimal Start { get; init; }

    /// <summary>When it was stopped; 0 when it ends by itself.</summary>
    public decimal End { get; init; }

    /// <summary>Where in the file it begins.</summary>
    public decimal Offset { get; init; }

    /// <summary>Speed.</summary>
    public decimal Rate { get; init; } = 1;

    public bool Loop { get; init; }

    public decimal Volume { get; init; } = 1;

    public decimal FadeIn { get; init; }

    public decimal FadeOut { get; init; }

    /// <summary>Whether it is the same sound, stopped or not: a later chunk knows more of its end.</summary>
    internal bool IsSame(MediaClip other) => this with { End = 0, FadeOut = 0 } == other with { End = 0, FadeOut = 0 };
}
