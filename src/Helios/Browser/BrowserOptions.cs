namespace Helios.Browser;

/// <summary>What a browser is started with.</summary>
/// <param name="CanPaint">Whether pages can be captured by paint, and by the other ways as well.</param>
/// <param name="Scale">Device pixels for each CSS pixel.</param>
/// <param name="Fonts">Absolute path of a directory of fonts; null: only those of the system.</param>
/// <param name="IsOffline">Whether the network is blocked.</param>
/// <param name="IsNative">Whether it draws with all instructions of the processor, instead of those that every one has.</param>
internal sealed record BrowserOptions(bool CanPaint, decimal Scale, string? Fonts, bool IsOffline, bool IsNative);
