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
    internal static string? Take(CompositionPage page, long frame, RenderSettings settings)
    {
        if (page.Take(frame) is not CapturedFrame captured) return null;
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
            throw new HeliosException(ExitCode.Temporary, "the page does not finish a frame", page.Where,
                "run it again; if it stays, give --history or leave --probe out");
        }

        var hash = new Sha256();
        hash.Append(bytes);
        string? digest = bytes.IsEmpty ? null : hash.Finish();
        captured.Return();
        return digest;
    }
}
