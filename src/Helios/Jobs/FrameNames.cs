using System;
using System.Globalization;

namespace Helios.Jobs;

/// <summary>
/// Names of the files of an image sequence, <c>frames/shot_%05d.png</c>: one number in the file name, in the notation of
/// ffmpeg, players and compositors. A percent sign in a directory name has no special meaning.
/// </summary>
internal readonly struct FrameNames
{
    private readonly int _digits;

    private FrameNames(string start, int digits, string end) => (Start, _digits, End) = (start, digits, end);

    /// <summary>The text before the number, with the directory.</summary>
    internal string Start { get; }

    /// <summary>The text after the number.</summary>
    internal string End { get; }

    /// <summary>Finds the placeholder in a file name: <c>%d</c>, or <c>%0Nd</c> for N digits with leading zeros, N from 1 to 9.</summary>
    internal static bool TryParse(string path, out FrameNames names)
    {
        names = default;
        int file = path.LastIndexOf('/') + 1;
        int start = path.IndexOf('%', file);
        if (start < 0 || path.LastIndexOf('%') != start) return false;
        ReadOnlySpan<char> rest = path.AsSpan(start + 1);
        int length = rest.IndexOf('d');
        if (length is not (0 or 2) || (length == 2 && (rest[0] != '0' || rest[1] is < '1' or > '9'))) return false;
        names = new FrameNames(path[..start], length == 0 ? 0 : rest[1] - '0', rest[(length + 1)..].ToString());
        return true;
    }

    /// <summary>Whether a path is that of some frame.</summary>
    internal bool Matches(string path) =>
        path.Length > Start.Length + End.Length && path.StartsWith(Start, StringComparison.Ordinal)
        && path.EndsWith(End, StringComparison.Ordinal)
        && path.AsSpan()[Start.Length..^End.Length].IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Path of a frame: <c>shot_00042.png</c>. A number with more digits than requested keeps them all.</summary>
    /// <param name="frame">Position on the composition's timeline.</param>
    internal string Format(long frame) => string.Concat(Start, frame.ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0'), End);
}
