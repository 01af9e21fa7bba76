namespace Helios.Jobs.Audio;

/// <summary>An audio file and its place on the timeline. Times are seconds with up to nine decimals; defaults are written out.</summary>
internal sealed record AudioTrack
{
    /// <summary>Path of the file: absolute, or relative to the job file's directory.</summary>
    public required string File { get; init; }

    /// <summary><c>sha256:…</c> of the file's bytes.</summary>
    public required string Digest { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    public decimal Start { get; init; }

    /// <summary>The audible part of the file: from here …</summary>
    public decimal TrimStart { get; init; }

    /// <summary>… to here; 0 is the file's end.</summary>
    public decimal TrimEnd { get; init; }

    /// <summary>Volume factor; 1 leaves it unchanged.</summary>
    public decimal Volume { get; init; } = 1;

    /// <summary>Duration of the fade-in at its start.</summary>
    public decimal FadeIn { get; init; }

    /// <summary>Duration of the fade-out at its end.</summary>
    public decimal FadeOut { get; init; }

    /// <summary>Whether the part is repeated until the video ends.</summary>
    public bool Loop { get; init; }
}
