namespace Helios.Ffmpeg;

/// <summary>The audio of a file.</summary>
/// <param name="IsMono">Whether it has one channel.</param>
/// <param name="Seconds">Length from its header, to 10 ms; 0 when the header has none.</param>
internal sealed record AudioInfo(bool IsMono, decimal Seconds)
{
    /// <summary>Stands for a file of unknown format.</summary>
    internal static readonly AudioInfo Unreadable = new(IsMono: false, Seconds: -1);

    private const decimal Rounding = 0.1m; // ten times ffmpeg's rounding; some headers count whole packets

    /// <summary>Length to the sample, in seconds; 0 when it was not counted.</summary>
    internal decimal Counted { get; init; }

    /// <summary>Whether it is certainly longer than a time, without counting.</summary>
    internal bool IsSurelyLongerThan(decimal seconds) => Seconds > seconds + Rounding;
}
