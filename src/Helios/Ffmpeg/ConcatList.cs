using System;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>
/// The list that ffmpeg's concat demuxer reads. It states each file's length: on its own ffmpeg adds up lengths that are
/// rounded to microseconds, and with 1,000 chunks at 30000/1001 most frames were misplaced.
/// </summary>
internal sealed class ConcatList(FrameRate rate) : IDisposable
{
    private const long Million = 1_000_000;

    private PrivateDirectory? _links;
    private int _linkCount;
    private long _frames;

    /// <summary>The lines of the next file.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="frames">Frames in it.</param>
    internal string Add(string path, long frames)
    {
        long start = ToMicroseconds(_frames);
        _frames += frames;
        long length = ToMicroseconds(_frames) - start;
        // "file:" because entries of a list from a pipe would otherwise be opened as pipes, too
        return string.Create(
            CultureInfo.InvariantCulture, $"file {Quote("file:" + Reach(path))}\nduration {length / Million}.{length % Million:000000}\n");
    }

    /// <summary>Quotes for ffmpeg's parser: within single quotes only the quote itself is special.</summary>
    internal static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    public void Dispose() => _links?.Dispose();

    /// <summary>Rounded, so that the sum is off by at most half a microsecond.</summary>
    private long ToMicroseconds(long frames) => (long)Math.Round((decimal)frames * rate.Denominator * Million / rate.Numerator);

    /// <summary>The list is parsed line by line, regardless of quotes: a path with a line break gets a link without one.</summary>
    private string Reach(string path)
    {
        if (path.AsSpan().IndexOfAny('\n', '\r') < 0) return path;
        _links ??= PrivateDirectory.Create(PrivateDirectory.OfMerge);
        string link = Path.Combine(_links.Path, (_linkCount++).ToString(CultureInfo.InvariantCulture));
        _ = File.CreateSymbolicLink(link, path);
        return link;
    }
}
