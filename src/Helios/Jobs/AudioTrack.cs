namespace Helios.Jobs;

/// <summary>A sound file and where it is heard. Times are seconds with up to nine decimals; defaults are written out.</summary>
internal sealed record AudioTrack
{
    /// <summary>Path of the file: absolute, or relative to the job file's directory.</summary>
    public required string File { get; init; }

    /// <summary><c>sha256:…</c> of the file's bytes.</summary>
    public required string Digest { get; init; }

    /// <summary>When it begins on the composition's timeline.</summary>
    public decimal Start { get; init; }

    /// <summary>The part of the file that is heard: from here …</summary>
    public decimal TrimStart { get; init; }

    /// <summary>… to here; 0 is the file's end.</summary>
    public decimal TrimEnd { get; init; }

    /// <summary>Factor of loudness, 1 as it is in the file.</summary>
    public decimal Volume { get; init; } = 1;

    /// <summary>How long it grows loud at its start.</summary>
    public decimal FadeIn { get; init; }

    /// <summary>How long it fades at its end.</summary>
    public decimal FadeOut { get; init; }

    /// <summary>Whether the part is repeated until the video ends.</summary>
    public bool Loop { get; init; }
}
