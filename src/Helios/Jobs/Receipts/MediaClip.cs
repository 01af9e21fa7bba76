namespace Helios.Jobs.Receipts;

/// <summary>Media that the page itself plays, as observed by a worker. Times are seconds.</summary>
internal sealed record MediaClip
{
    /// <summary>Most clips that a receipt stores.</summary>
    internal const int Most = 200;

    /// <summary>Longest <see cref="Source"/>, in characters.</summary>
    internal const int MaxSourceLength = 2048;

    /// <summary>A file of the project, percent-encoded and relative to its root; otherwise the whole URL.</summary>
    public required string Source { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    public decimal Start { get; init; }

    /// <summary>Time at which it was stopped; 0 when it ends by itself.</summary>
    public decimal End { get; init; }

    /// <summary>Position in the file at which it begins.</summary>
    public decimal Offset { get; init; }

    /// <summary>Playback rate.</summary>
    public decimal Rate { get; init; } = 1;

    public bool Loop { get; init; }

    public decimal Volume { get; init; } = 1;

    public decimal FadeIn { get; init; }

    public decimal FadeOut { get; init; }

    /// <summary>Whether it is the same audio, stopped or not: a later chunk has more information about its end.</summary>
    internal bool IsSame(MediaClip other) => this with { End = 0, FadeOut = 0 } == other with { End = 0, FadeOut = 0 };
}
