using System;
using Helios.Jobs;

namespace Helios.Ffmpeg;

/// <summary>
/// Reads what ffmpeg says of a file's audio, line by line. It is asked to write the table of two streams, of silence and of the
/// file's first audio stream (<see cref="Arguments"/>): the first one shows that the answer is whole, so that no audio is
/// missed because ffmpeg said nothing at all.
/// </summary>
internal sealed class AudioInfoReader
{
    private const string Monaural = "4"; // FRONT_CENTER, in the hexadecimal mask of versions before 5.1

    private bool _isWhole;
    private bool _hasAudio;
    private string? _layout;
    private bool _isEstimate;
    private decimal _seconds;

    /// <summary>Whether ffmpeg has said all that was asked.</summary>
    internal bool IsConclusive => _isWhole && (!_hasAudio || _layout is not null);

    /// <summary>What the file holds; null when it has no audio.</summary>
    internal AudioInfo? Info => _hasAudio ? new AudioInfo(_layout is "mono" or Monaural, _isEstimate ? 0 : _seconds) : null;

    /// <param name="input">Options of the file, and the file.</param>
    internal static string[] Arguments(string[] input) =>
    [
        "-hide_banner", "-nostats", .. input, "-filter_complex", "anullsrc,atrim=end_sample=1[none]",
        "-map", "[none]", "-map", "0:a:0?", "-c:a:0", "pcm_s16le", "-c:a:1", "copy", "-t", "0", "-f", "framecrc", "pipe:1",
    ];

    /// <summary>A line of its output: what the muxer says of the streams, made for programs.</summary>
    internal void OnOutput(string line)
    {
        if (line == "#media_type 0: audio") _isWhole = true;
        else if (line == "#media_type 1: audio") _hasAudio = true;
        else if (IsOf(line, "#channel_layout_name 1: ") || IsOf(line, "#channel_layout 1: "))
            _layout = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }

    /// <summary>
    /// A line of its errors: how long the file is. What is not understood makes the length unknown, which is then counted.
    /// </summary>
    internal void OnError(string line)
    {
        const string Length = "  Duration: ";
        _isEstimate |= line.Contains("Estimating duration", StringComparison.Ordinal); // from the first packets: seen 14 s called 4.56
        if (_seconds > 0 || !line.StartsWith(Length, StringComparison.Ordinal)) return;
        ReadOnlySpan<char> text = line.AsSpan(Length.Length);
        int end = text.IndexOf(',');
        if (end > 0 && Duration.TryParse(text[..end], out Duration length)) _seconds = length.ToSeconds();
    }

    private static bool IsOf(string line, string name) => line.StartsWith(name, StringComparison.Ordinal);
}
