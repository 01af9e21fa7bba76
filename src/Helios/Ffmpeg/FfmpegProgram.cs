using Helios.Os;

namespace Helios.Ffmpeg;

/// <summary>The ffmpeg of this machine, and how long it is waited for. All times are milliseconds.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Interrupts">Whether to go on.</param>
internal sealed record FfmpegProgram(string Path, Interrupts Interrupts)
{
    /// <summary>Without any sign of life it hangs; a program of 80 MB may come from a slow disk.</summary>
    internal int StallTimeout { get; init; } = 120_000;

    /// <summary>In which its last words are read after its end, on a busy machine.</summary>
    internal int ReadTimeout { get; init; } = 10_000;

    /// <summary>After which a wait looks at everything else.</summary>
    internal int Slice { get; init; } = 100;
}
