namespace Helios.Ffmpeg;

/// <summary>Format of the frames for the encoder.</summary>
/// <param name="Kind">
/// <c>png</c>: an encoded image, each with alpha or without; <c>bgra</c> and <c>yuv420p</c> (bt709, limited range): raw pixels.
/// </param>
/// <param name="Width">Of raw pixels.</param>
/// <param name="Height">Of raw pixels.</param>
/// <param name="Crop">Part of an encoded image to keep, as ffmpeg's <c>w:h:x:y</c>; null for all of it.</param>
internal sealed record FrameFormat(string Kind, int Width = 0, int Height = 0, string? Crop = null)
{
    internal bool IsRaw => Kind is "bgra" or "yuv420p";
}
