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
    /// <param name="page">The page.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="settings">Of the worker.</param>
    /// <param name="onTaken">Called when its pixels are there, before the digest, which no worker waits for.</param>
    internal static string? Take(CompositionPage page, long frame, RenderSettings settings, Action? onTaken = null)
    {
        if (page.Take(frame) is CapturedFrame captured)
            return Hash(captured, page, settings, "run it again; if it happens again, give --history or leave --probe out", onTaken);
        onTaken?.Invoke();
        return null;
    }

    /// <summary>Digest of a captured frame, whose memory is returned; null when it equals the one before.</summary>
    /// <param name="captured">The frame.</param>
    /// <param name="page">Its page.</param>
    /// <param name="settings">Of the worker.</param>
    /// <param name="fix">Advice when the page does not finish it.</param>
    /// <param name="onTaken">As of <see cref="Take"/>.</param>
    internal static string? Hash(
        CapturedFrame captured, CompositionPage page, RenderSettings settings, string fix, Action? onTaken = null)
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

        onTaken?.Invoke();
        var hash = new Sha256();
        hash.Append(bytes);
        string? digest = bytes.IsEmpty ? null : hash.Finish();
        captured.Return();
        return digest;
    }
}
