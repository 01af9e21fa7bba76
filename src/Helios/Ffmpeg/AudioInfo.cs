namespace Helios.Ffmpeg;

/// <summary>What a sound file holds.</summary>
/// <param name="IsMono">Whether it has one channel.</param>
/// <param name="Seconds">Its length, as its header says it, to 10 ms; 0 when it does not.</param>
internal sealed record AudioInfo(bool IsMono, decimal Seconds)
{
    /// <summary>A file that is of no format that ffmpeg and we know.</summary>
    internal static readonly AudioInfo Unreadable = new(IsMono: false, Seconds: -1);

    private const decimal Rounding = 0.1m; // ten times what ffmpeg rounds by; some headers count whole packets

    /// <summary>Its length to the sample, in seconds; 0 when nobody has counted it.</summary>
    internal decimal Counted { get; init; }

    /// <summary>Whether it is known to go on behind a time without counting; false when nobody knows.</summary>
    internal bool IsSurelyLongerThan(decimal seconds) => Seconds > seconds + Rounding;
}
