namespace Helios.Jobs.Encode;

/// <summary>The device that a codec's encoder is, as ffmpeg needs to know it.</summary>
/// <param name="need">What a machine must have, for messages.</param>
/// <param name="options">Options of ffmpeg before its input.</param>
/// <param name="filter">Filter that brings frames to the device; null where the encoder does that.</param>
/// <param name="inputFormat">Pixel format in which it takes frames; null: that of the video.</param>
internal sealed class EncodeDevice(string need, string[]? options = null, string? filter = null, string? inputFormat = null)
{
    internal string Need => need;

    internal string[] Options => options ?? [];

    internal string? Filter => filter;

    internal string? InputFormat => inputFormat;
}
