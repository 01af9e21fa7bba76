namespace Helios.Merge;

/// <summary>What a sound file holds.</summary>
/// <param name="IsMono">Whether it has one channel.</param>
/// <param name="Seconds">Its length, as its header says it; 0 when it does not.</param>
internal sealed record SoundFacts(bool IsMono, decimal Seconds);
