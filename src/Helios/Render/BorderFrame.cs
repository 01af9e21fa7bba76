using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// The frame before or the last frame of a chunk, in a page of its own: reached and captured as by a worker, and not encoded.
/// </summary>
internal sealed class BorderFrame
{
    private BorderFrame(long number, string digest, string browser, Seal seal) =>
        (Number, Digest, BrowserVersion, Seal) = (number, digest, browser, seal);

    internal long Number { get; }

    /// <summary><c>sha256:…</c>, as in <see cref="Seam"/>.</summary>
    internal string Digest { get; }

    internal string BrowserVersion { get; }

    /// <summary>What decided its pixels.</summary>
    internal Seal Seal { get; }

    /// <param name="spec">The job.</param>
    /// <param name="start">First frame of the chunk; the one after the frame for the frame before a chunk.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="settings">Of the worker.</param>
    /// <exception cref="Errors.HeliosException">As of <see cref="ChunkRenderer.Render"/>, but for the encoder.</exception>
    internal static BorderFrame Render(JobSpec spec, long start, long frame, RenderSettings settings)
    {
        const string Fix = "run it again; if it happens again, raise --timeout";
        using var session = new PageSession(spec, CompositionSource.Find(spec, settings), settings);
        session.Open();
        bool hasSeam = start > frame || start > spec.RenderOptions.StartFrame;
        CapturedFrame? before = session.GoBefore(start, isDisplayed: false, settings.OnPreroll, hasSeam);
        CompositionPage page = session.Page;
        string? digest = before is null ? null : TrialFrame.Hash(before, page, settings, Fix);
        for (long next = start; next <= frame; next++)
        {
            CapturedFrame? captured = page.Take(next); // null: it equals the one before
            if (captured is not null) digest = TrialFrame.Hash(captured, page, settings, Fix) ?? digest;
        }

        page.Capture.Finish();
        bool usesWebGl = page.UsesWebGl();
        page.Check();
        return new BorderFrame(frame, "sha256:" + digest, session.BrowserVersion, session.MakeSeal(usesWebGl));
    }
}
