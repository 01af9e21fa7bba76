using System;
using Helios.Jobs;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// Reads ffmpeg's report on a file's audio, line by line. ffmpeg writes the table of two streams:
/// silence, and the file's first audio stream (<see cref="Arguments"/>). The first shows that the
/// answer is complete, so that missing output is never taken for missing audio.
/// </summary>
internal sealed class AudioInfoReader
{
    private const string Monaural = "4"; // FRONT_CENTER, in the hexadecimal mask of versions before 5.1

    private bool _isWhole;
    private bool _hasAudio;
    private string? _layout;
    private bool _isEstimate;
    private decimal _seconds;

    /// <summary>Whether ffmpeg's answer is complete.</summary>
    internal bool IsConclusive => _isWhole && (!_hasAudio || _layout is not null);

    /// <summary>The audio of the file; null when it has none.</summary>
    internal AudioInfo? Info => _hasAudio ? new AudioInfo(_layout is "mono" or Monaural, _isEstimate ? 0 : _seconds) : null;

    /// <param name="input">Options of the file, and the file.</param>
    internal static string[] Arguments(string[] input) =>
    [
        "-hide_banner", "-nostats", .. input, "-filter_complex", "anullsrc,atrim=end_sample=1[none]",
        "-map", "[none]", "-map", "0:a:0?", "-c:a:0", "pcm_s16le", "-c:a:1", "copy", "-t", "0", "-f", "framecrc", "pipe:1",
    ];

    /// <summary>Parses a line of its output: the muxer's machine-readable description of the streams.</summary>
    internal void OnOutput(string line)
    {
        if (line == "#media_type 0: audio") _isWhole = true;
        else if (line == "#media_type 1: audio") _hasAudio = true;
        else if (IsOf(line, "#channel_layout_name 1: ") || IsOf(line, "#channel_layout 1: "))
            _layout = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }

    /// <summary>
    /// Parses a line of its stderr: the length of the file. A line of an unknown form leaves the length 0; <see cref="AudioProbe"/> then
    /// decodes the audio to count it.
    /// </summary>
    internal void OnError(string line)
    {
        const string Length = "  Duration: ";
        _isEstimate |= line.Contains("Estimating duration", StringComparison.Ordinal); // from the first packets: 14 s were reported as 4.56
        if (_seconds > 0 || !line.StartsWith(Length, StringComparison.Ordinal)) return;
        ReadOnlySpan<char> text = line.AsSpan(Length.Length);
        int end = text.IndexOf(',');
        if (end > 0 && Duration.TryParse(text[..end], out Duration length)) _seconds = length.ToSeconds();
    }

    private static bool IsOf(string line, string name) => line.StartsWith(name, StringComparison.Ordinal);
}
