using Helios.Os;

namespace Helios.Ffmpeg;

/// <summary>The ffmpeg of this machine, and its time-outs. All times are milliseconds.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Interrupts">Signals that end a wait.</param>
internal sealed record FfmpegProgram(string Path, Interrupts Interrupts)
{
    /// <summary>Time without any sign of life after which it counts as hung; a program of 80 MB may load from a slow disk.</summary>
    internal int StallTimeout { get; init; } = 120_000;

    /// <summary>Time for reading its last output after its end, on a busy machine.</summary>
    internal int ReadTimeout { get; init; } = 10_000;

    /// <summary>Interval at which a wait checks all other conditions.</summary>
    internal int Slice { get; init; } = 100;
}
