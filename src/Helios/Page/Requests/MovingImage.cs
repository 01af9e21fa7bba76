using System;

namespace Helios.Page.Requests;

/// <summary>
/// Tells from the bytes of an image file whether it is animated. In doubt it is: then frames are displayed unnecessarily, or
/// capture by paint is refused.
/// </summary>
internal static class MovingImage
{
    private const int WebpFlags = 20; // offset in the first chunk, VP8X
    private const int WebpMoves = 2;

    internal static bool Is(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8)) return HasTwoFrames(file);
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return file.IndexOf("acTL"u8) >= 0;
        if (file.StartsWith("RIFF"u8) && file.Length > WebpFlags && file[8..].StartsWith("WEBP"u8))
            return file[12..].StartsWith("VP8X"u8) && (file[WebpFlags] & WebpMoves) != 0;
        // AVIF sequences
        if (file.Length > 12 && file[4..].StartsWith("ftyp"u8)) return file[..Math.Min(64, file.Length)].IndexOf("avis"u8) >= 0;
        return file.IndexOf("<svg"u8) >= 0 && HasAnimations(file);
    }

    /// <summary>Elements of SMIL, and the animations of style sheets. Scripts do not run in an SVG image.</summary>
    private static bool HasAnimations(ReadOnlySpan<byte> file)
    {
        if (file.IndexOf("<animate"u8) >= 0 || file.IndexOf("@keyframes"u8) >= 0) return true;
        ReadOnlySpan<byte> name = "<set"u8;
        for (int at = file.IndexOf(name); at >= 0;)
        {
            file = file[(at + name.Length)..];
            if (file.Length > 0 && file[0] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') return true;
            at = file.IndexOf(name);
        }

        return false;
    }

    /// <summary>Every frame of an animated GIF has a graphic control extension, 21 F9 04.</summary>
    private static bool HasTwoFrames(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> control = [0x21, 0xf9, 0x04];
        int first = file.IndexOf(control);
        return first >= 0 && file[(first + control.Length)..].IndexOf(control) >= 0;
    }
}
