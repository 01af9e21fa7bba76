using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Page.Requests;
using Helios.Plan;
using Helios.Text;

namespace Helios.Page;

/// <summary>Origin of the page: its URL in the browser and the directory that it may read.</summary>
/// <param name="Url">The URL that the browser opens.</param>
/// <param name="Root">Real path of the project directory; empty for a page on the network.</param>
internal sealed record CompositionSource(string Url, string Root)
{
    /// <summary>Everything the page has read so far, in all browsers that opened it.</summary>
    internal PageReads Reads { get; private init; } = new();

    /// <summary>As of <see cref="HtmlInCanvas.IsNamed"/>.</summary>
    internal bool HasHtmlInCanvas { get; private init; }

    public bool Equals(CompositionSource? other) => other is not null && other.Url == Url && other.Root == Root;

    public override int GetHashCode() => HashCode.Combine(Url, Root);

    /// <summary>Finds the composition and checks that it is the one that was planned.</summary>
    /// <exception cref="HeliosException">64: outside --root; 65: changed since it was planned; 66: missing.</exception>
    internal static CompositionSource Find(JobSpec spec, RenderSettings settings)
    {
        if (CompositionUrl.IsOnNet(spec.Composition))
        {
            if (spec.RenderOptions.Capture == CaptureMode.Paint)
            {
                throw new HeliosException(ExitCode.Invalid, "a composition on the net cannot be captured by paint", spec.Composition,
                    PageScripts.OtherCapture + ", or with a local copy");
            }

            if (!settings.IsOffline) return new(spec.Composition, "");
            throw new HeliosException(ExitCode.Usage, $"the composition is on the net: {spec.Composition}", "--offline",
                "leave --offline out, or plan the job with a local copy");
        }

        if (!CompositionUrl.TryGetPath(spec.Composition, settings.Directory, out string path))
            throw new ArgumentException("a spec is checked when read", nameof(spec));
        (long size, string digest) = CheckDigest(spec, settings, path);
        string file = RealPath.Of(path)!;
        string? named = JobPaths.RootOf(spec, settings.Root, settings.Directory);
        string root = named is null ? Path.GetDirectoryName(file)! : RealPath.Of(named)
            ?? throw new HeliosException(ExitCode.NoInput, "the directory does not exist", $"--root {named}", "create it or name another");
        if (!PathRules.Host.IsBelow(file, root))
        {
            throw new HeliosException(ExitCode.Usage, $"the composition {file} is outside the project directory {root}", "--root",
                "name a directory above it");
        }

        string url = CompositionServer.UrlOf(root, file) + CompositionUrl.SuffixOf(spec.Composition);
        PageReads reads = PageReads.Of(Path.GetRelativePath(root, file), size, digest);
        bool hasHtmlInCanvas = HtmlInCanvas.IsNamed(url, file, root, reads);
        if (hasHtmlInCanvas && spec.RenderOptions.Capture == CaptureMode.Paint)
        {
            throw new HeliosException(ExitCode.Invalid, "the page draws HTML in a canvas element, which cannot be captured by paint", file,
                PageScripts.OtherCapture, reason: Reason.CannotCapture);
        }

        return new(url, root) { Reads = reads, HasHtmlInCanvas = hasHtmlInCanvas };
    }

    /// <summary>
    /// Whether a page asks for cross-origin isolation. A file has no headers to do so by; it says what they would, or loads the script by
    /// which people isolate pages on servers that send none.
    /// </summary>
    /// <param name="file">The page; null for one on the network, whose server decides.</param>
    internal static bool AsksForIsolation(string? file)
    {
        if (file is null) return false;
        string text = TextFile.Read(file);
        return text.Contains("Cross-Origin-Embedder-Policy", StringComparison.OrdinalIgnoreCase)
            || text.Contains("coi-serviceworker", StringComparison.Ordinal);
    }

    private static (long Size, string Digest) CheckDigest(JobSpec spec, RenderSettings settings, string path)
    {
        using FileStream file = InputFile.OpenRegular(path, path);
        string digest = "sha256:" + Sha256.HashStream(file);
        if (digest == spec.CompositionDigest || settings.AllowsChanged) return (file.Length, digest);
        throw new HeliosException(ExitCode.Invalid, "the composition changed since the job was planned", path,
            "plan the job again, or render what is there with --allow-changed");
    }
}
