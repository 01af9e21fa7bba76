using System;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>
/// What the end of an ffmpeg means, from its exit code, its last words and the disk that it wrote to. The only place that
/// knows its words: up to version 6.0 it ends with 1 whatever has happened, later with the low byte of its error number.
/// </summary>
internal static class FfmpegEnd
{
    private const int Killed = 255; // it ends so after a SIGTERM; also what ChildProcess says where nobody knows
    private const int SignalBase = 128;
    private const int LastSignal = 31; // above are real-time signals, which nobody sends: codes of ffmpeg's own
    private const int NotFound = 8; // an encoder, filter, option … that it does not have; -0xF8 is how all of these begin
    private const int BadData = 183; // -'I' of AVERROR_INVALIDDATA
    private const int NoSpace = 228; // -ENOSPC
    private const int ReadError = 251; // -EIO

    private static readonly string[] s_full = ["no space left", "quota exceeded"];

    // the end of a file that is not written leaves 0, and so does a file that is read only in part
    private static readonly string[] s_broken = ["input/output error", "stale file handle", "error writing trailer"];

    private static readonly string[] s_unreadable = ["invalid data found", "not on whitelist"];

    private static readonly string[] s_unable =
    [
        "unknown encoder", "unrecognized option", "option not found", "error while opening encoder", "error setting option",
        "incompatible pixel format", "specified pixel format", "unknown pixel format", "requested output format",
        "not currently supported in container",
    ];

    /// <summary>Whether a signal ended it, so that it was not asked to its end.</summary>
    internal static bool IsKilled(int code) => code is Killed or (> SignalBase and <= SignalBase + LastSignal);

    /// <summary>Whether it found no room. Also with exit code 0, when only the end of a file did not find any.</summary>
    /// <param name="code">Its exit code.</param>
    /// <param name="said">What it said of errors.</param>
    /// <param name="directory">Where it wrote, while what it wrote is still there; null for nowhere.</param>
    internal static bool IsDiskFull(int code, string said, string? directory)
    {
        if (code == NoSpace || Says(said, s_full)) return true;
        bool hasFailed = (code != 0 || said.Length > 0) && !IsKilled(code);
        return hasFailed && directory is not null && FileSystem.IsFull(directory);
    }

    /// <summary>Whether reading or writing failed in a way that may pass; its exit code may be 0.</summary>
    internal static bool IsIoError(int code, string said) => code == ReadError || Says(said, s_broken);

    /// <summary>Whether it cannot do what it was told at all: it is too old, or was built without something.</summary>
    internal static bool IsUnable(int code, string said) =>
        (code == NotFound || Says(said, s_unable)) && !Says(said, ["cannot allocate memory"]);

    /// <summary>Whether it has read the beginning of a file and found nothing that it knows.</summary>
    internal static bool IsUnreadable(int code, string said) =>
        !IsKilled(code) && (code == BadData || Says(said, s_unreadable));

    private static bool Says(string said, string[] texts) =>
        Array.Exists(texts, text => said.Contains(text, StringComparison.OrdinalIgnoreCase));
}
