using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>How much colour information a pixel format keeps.</summary>
internal enum Chroma
{
    /// <summary>4:4:4, or RGB: every pixel has its own.</summary>
    Full,

    /// <summary>4:2:2: half of the columns.</summary>
    HalfWidth,

    /// <summary>4:2:0: half of the columns and half of the rows.</summary>
    HalfSize,
}

/// <summary>All properties of each pixel format. YUV is BT.709 in limited range; RGB has neither matrix nor range.</summary>
/// <remarks>ffmpeg uses the same name.</remarks>
internal sealed class PixelFormat : NamedValue
{
    internal static readonly PixelFormat Yuv420p = new("yuv420p", Chroma.HalfSize);
    internal static readonly PixelFormat Yuv422p = new("yuv422p", Chroma.HalfWidth);
    internal static readonly PixelFormat Yuv444p = new("yuv444p", Chroma.Full);
    internal static readonly PixelFormat Yuv420p10 = new("yuv420p10le", Chroma.HalfSize);
    internal static readonly PixelFormat Yuv422p10 = new("yuv422p10le", Chroma.HalfWidth);
    internal static readonly PixelFormat Yuv444p10 = new("yuv444p10le", Chroma.Full);
    internal static readonly PixelFormat Yuva420p = new("yuva420p", Chroma.HalfSize) { HasAlpha = true };
    internal static readonly PixelFormat Yuva444p = new("yuva444p", Chroma.Full) { HasAlpha = true };
    internal static readonly PixelFormat Yuva444p10 = new("yuva444p10le", Chroma.Full) { HasAlpha = true };
    internal static readonly PixelFormat Bgr0 = new("bgr0", Chroma.Full) { IsRgb = true };
    internal static readonly PixelFormat Bgra = new("bgra", Chroma.Full) { IsRgb = true, HasAlpha = true };

    internal static readonly PixelFormat[] All =
        [Yuv420p, Yuv422p, Yuv444p, Yuv420p10, Yuv422p10, Yuv444p10, Yuva420p, Yuva444p, Yuva444p10, Bgr0, Bgra];

    private PixelFormat(string name, Chroma chroma) : base(name) => Chroma = chroma;

    internal Chroma Chroma { get; }

    internal bool HasAlpha { get; private init; }

    internal bool IsRgb { get; private init; }

    /// <summary>Whether the width must be even.</summary>
    internal bool HalvesWidth => Chroma != Chroma.Full;

    /// <summary>Whether the height must be even.</summary>
    internal bool HalvesHeight => Chroma == Chroma.HalfSize;

    /// <summary>The format that keeps a frame completely, with alpha where this one has it.</summary>
    internal PixelFormat Rgb => HasAlpha ? Bgra : Bgr0;

    /// <summary>ffmpeg's name of the equivalent for PNG files.</summary>
    internal string NameInPng => HasAlpha ? "rgba" : "rgb24";

    internal static PixelFormat? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
