using System;

namespace Helios.Browser;

/// <summary>A browser that Puppeteer or Playwright has downloaded into its cache.</summary>
/// <param name="Path">The program, or the directory where it should be.</param>
/// <param name="Owner">Puppeteer or Playwright.</param>
/// <param name="Version">Null where the directory's name does not contain it.</param>
/// <param name="Revision">Playwright's number of the build; 0 for Puppeteer.</param>
/// <param name="Problem">Why helios cannot use it; null when it can.</param>
internal sealed record CachedBrowser(string Path, string Owner, Version? Version, int Revision, string? Problem);
