using System;
using System.Diagnostics;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Page;
using Helios.Text;

namespace Helios.Render;

/// <summary>A frame that is captured to be compared, and not encoded.</summary>
internal static class TrialFrame
{
    /// <summary>Digest of a frame; null when it equals the one before.</summary>
    internal static string? Take(CompositionPage page, long frame, RenderSettings settings) =>
        page.Take(frame) is CapturedFrame captured
            ? Hash(captured, page, settings, "run it again; if it stays, give --history or leave --probe out")
            : null;

    /// <summary>Digest of a captured frame, whose memory is returned; null when it equals the one before.</summary>
    /// <param name="captured">The frame.</param>
    /// <param name="page">Its page.</param>
    /// <param name="settings">Of the worker.</param>
    /// <param name="fix">Advice when the page does not finish it.</param>
    internal static string? Hash(CapturedFrame captured, CompositionPage page, RenderSettings settings, string fix)
    {
        long start = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> bytes;
        try
        {
            bytes = captured.Complete(() => settings.Interrupts.Count > 0
                || Stopwatch.GetElapsedTime(start).TotalMilliseconds > settings.FrameTimeout);
        }
        catch (ReaderGoneException)
        {
            settings.Interrupts.ThrowIfRequested();
            throw new HeliosException(ExitCode.Temporary, "the page does not finish a frame", page.Where, fix);
        }

        var hash = new Sha256();
        hash.Append(bytes);
        string? digest = bytes.IsEmpty ? null : hash.Finish();
        captured.Return();
        return digest;
    }
}
