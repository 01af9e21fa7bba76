using System.Collections.Generic;

namespace Helios.Browser;

/// <summary>A browser that was found.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Source">The option or variable that names it; null when it was looked for.</param>
/// <param name="Reason">Why this one, for people.</param>
internal sealed record BrowserProgram(string Path, string? Source, string Reason)
{
    /// <summary>Browsers in caches that will not do, and why.</summary>
    internal IReadOnlyList<CachedBrowser> Refused { get; init; } = [];

    /// <summary>For messages: the path, and the variable that names it, which may be set elsewhere.</summary>
    internal string Where => Source is null or BrowserFinder.Option ? Path : $"{Path}, from {Source}";
}
