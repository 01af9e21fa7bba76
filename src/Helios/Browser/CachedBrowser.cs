using System;

namespace Helios.Browser;

/// <summary>A browser in a cache.</summary>
/// <param name="Path">The program, or the directory where it should be.</param>
/// <param name="Owner">Puppeteer or Playwright.</param>
/// <param name="Version">Null where the directory's name does not tell.</param>
/// <param name="Revision">Playwright's number of the build, else 0.</param>
/// <param name="Problem">Why helios cannot use it; null when it can.</param>
internal sealed record CachedBrowser(string Path, string Owner, Version? Version, int Revision, string? Problem);
