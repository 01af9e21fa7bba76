namespace Helios.Merge;

/// <summary>What a sound file holds.</summary>
/// <param name="IsMono">Whether it has one channel.</param>
/// <param name="Seconds">Its length, as its header says it, to 10 ms; 0 when it does not.</param>
internal sealed record SoundFacts(bool IsMono, decimal Seconds)
{
    private const decimal Rounding = 0.1m; // ten times what ffmpeg rounds by; some headers count whole packets

    /// <summary>Whether it is known to go on behind a time without counting; false when nobody knows.</summary>
    internal bool IsSurelyLongerThan(decimal seconds) => Seconds > seconds + Rounding;
}
