using System;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Progress;

namespace Helios.Run;

/// <summary>
/// Checks that the disk has room for the chunks still to be rendered and, in addition to all chunks, for the merged video. Complete
/// chunks show the size of a frame; without any, the codec's usual size is assumed, which may be far from the page's in both
/// directions: exceeding that alone is a warning, and an error only when even a small part of it would not fit.
/// </summary>
internal static class DiskNeed
{
    private const int Doubtful = 8; // plain pages were observed to need an eighth of the usual size

    /// <param name="spec">The job.</param>
    /// <param name="status">The complete chunks.</param>
    /// <param name="reusedBytes">Size of those chunks.</param>
    /// <param name="warn">Receives one line of text.</param>
    /// <param name="freed">Bytes of chunk files that are removed before the first worker starts.</param>
    /// <exception cref="HeliosException">74: there is not enough room.</exception>
    internal static void Check(JobSpec spec, RunStatus status, long reusedBytes, Action<string> warn, long freed = 0)
    {
        string directory = Path.GetDirectoryName(status.Output)!;
        long available = FileSystem.AvailableBytes(directory);
        available = freed > long.MaxValue - available ? long.MaxValue : available + freed;
        bool isKnown = status.ReusedFrames > 0;
        double frame = isKnown ? (double)reusedBytes / status.ReusedFrames : BytesOfFrame(spec.RenderOptions);
        double need = frame * (2.0 * status.TotalFrames - status.ReusedFrames);
        if (available >= need) return;

        string what = string.Create(CultureInfo.InvariantCulture,
            $"the job needs about {ToMegabytes(need)} MB of disk for chunks and video, and {ToMegabytes(available)} MB are free");
        if (available < (isKnown ? need : need / Doubtful))
        {
            throw new HeliosException(ExitCode.IoError, what, directory, "make room, or plan the job for another disk",
                reason: Reason.DiskFull);
        }

        warn($"{what} ({directory})");
    }

    /// <summary>Usual size of an encoded frame in bytes.</summary>
    internal static double BytesOfFrame(RenderOptions options)
    {
        FrameRate rate = options.FrameRate;
        if (options.Rate.Bitrate is int average) return BytesAt(average);
        double pixels = (double)options.PixelWidth * options.PixelHeight;
        double usual = pixels * options.VideoCodec.UsualBitsFor(options.Quality, options.PixelFormat) / 8;
        return options.Rate.MaxBitrate is int most ? Math.Min(BytesAt(most), usual) : usual;

        double BytesAt(int bits) => (double)bits * rate.Denominator / rate.Numerator / 8;
    }

    private static string ToMegabytes(double bytes) => (bytes / 1e6).ToString(bytes < 1e7 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
