using System;
using Helios.Ffmpeg.Probes;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// What the chunks of one process share: a chunk that begins where the last one ended continues in its page, so that the browser starts and
/// goes through earlier frames only once. The frames, and so the bytes, are those of a page of its own (docs/random-access.md).
/// </summary>
/// <param name="keepsBrowser">Whether a page that is opened after another one may have its browser.</param>
internal sealed class TaskPage(bool keepsBrowser = false) : IDisposable
{
    private readonly TaskBrowser _browser = new(keepsBrowser);
    private EncoderProbe? _probe;
    private PageSession? _session;
    private long _next = -1; // the frame at which it can continue
    private byte[] _last = []; // the frame before that, as the encoder received it

    /// <summary>Asks the encoder for its version, once.</summary>
    internal EncoderProbe Probe(FfmpegProgram program, string codec) => _probe ??= new EncoderProbe(program, codec);

    /// <summary>Whether the page has just shown the frame before this one.</summary>
    internal bool IsBefore(long frame) => frame == _next;

    /// <summary>The page, to continue where it is; it cannot be used again before <see cref="Leave"/>.</summary>
    internal (PageSession Session, CapturedFrame Before) Continue()
    {
        _next = -1;
        return (_session!, new KeptFrame(_last));
    }

    /// <summary>A page of its own, at frame 0; the last one is closed.</summary>
    internal PageSession Open(JobSpec spec, CompositionSource source, RenderSettings settings)
    {
        Close();
        _session = new PageSession(spec, source, settings, _browser);
        _session.Open();
        return _session;
    }

    /// <summary>Keeps the page for the chunk that follows.</summary>
    /// <param name="next">Frame after the one that it shows.</param>
    /// <param name="last">The frame that it shows, as the encoder received it.</param>
    internal void Leave(long next, byte[] last) => (_next, _last) = (next, last);

    /// <summary>Closes the page, which no chunk follows.</summary>
    internal void Close()
    {
        _next = -1;
        _session?.Dispose();
        _session = null;
    }

    public void Dispose()
    {
        Close();
        _browser.Dispose();
        _probe?.Dispose();
    }
}
