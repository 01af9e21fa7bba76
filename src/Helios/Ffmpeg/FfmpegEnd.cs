using System;
using Helios.Errors;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>
/// How an ffmpeg ended, and what that means. The only place that knows its exit codes and messages: up to version 6.0 it exits
/// with 1 after any failure, later versions with the low byte of the error number.
/// </summary>
/// <param name="Code">Its exit code; 128 + signal when a signal ended it.</param>
/// <param name="Said">The last lines of its stderr.</param>
/// <param name="IsHeard">Whether all of its output was read.</param>
internal readonly record struct FfmpegEnd(int Code, string Said, bool IsHeard = true)
{
    private const int Killed = 255; // its exit code after a SIGTERM; also that of ChildProcess for a lost exit status
    private const int SignalBase = 128;
    private const int LastSignal = 31; // above are real-time signals, which are not used: those codes are ffmpeg's own
    private const int NotFound = 8; // a missing encoder, filter, option …; these errors begin with -0xF8
    private const int BadData = 183; // -'I' of AVERROR_INVALIDDATA
    private const int NoSpace = 228; // -ENOSPC; -EDQUOT would be 134, which is SIGABRT: only its message reveals that
    private const int ReadError = 251; // -EIO

    private static readonly string[] s_full = ["no space left", "quota exceeded"];

    // an unwritten end of a file leaves 0, and so does a file that is read only in part
    private static readonly string[] s_broken = ["input/output error", "stale file handle", "error writing trailer"];

    private static readonly string[] s_unreadable = ["invalid data found", "not on whitelist"];

    private static readonly string[] s_unable =
    [
        "unknown encoder", "unrecognized option", "option not found", "error while opening encoder", "error setting option",
        "incompatible pixel format", "specified pixel format", "unknown pixel format", "requested output format",
        "not currently supported in container",
    ];

    /// <summary>
    /// Whether ffmpeg did not start: the helios that should have become ffmpeg ended instead. No
    /// error number of ffmpeg has this low byte.
    /// </summary>
    internal bool IsUnstarted => Code == (int)ExitCode.Unavailable;

    /// <summary>Whether a signal ended it before it was done.</summary>
    internal bool IsKilled => Code is Killed or (> SignalBase and <= SignalBase + LastSignal);

    /// <summary>Whether reading or writing failed in a way that may be temporary; its exit code may be 0.</summary>
    internal bool IsIoError => Code == ReadError || Says(s_broken);

    /// <summary>Whether it cannot do the task at all: it is too old, or was built without a feature.</summary>
    internal bool IsUnable => (Code == NotFound || Says(s_unable)) && !Says(["cannot allocate memory"]);

    /// <summary>Whether it read the beginning of a file and recognized no format.</summary>
    internal bool IsUnreadable => !IsKilled && (Code == BadData || Says(s_unreadable));

    /// <summary>
    /// Whether it found no space. Checks its error number, the disk itself, and its messages: versions before 6.1 report a
    /// quota, or a disk that has space again, only there. Also with exit code 0, when only the end of a file found no space.
    /// </summary>
    /// <param name="directory">Where it wrote, while its output still exists; null for nowhere.</param>
    internal bool IsDiskFull(string? directory)
    {
        if (Code == NoSpace) return true;
        bool hasFailed = (Code != 0 || Said.Length > 0) && !IsKilled;
        return (hasFailed && directory is not null && FileSystem.IsFull(directory)) || Says(s_full);
    }

    /// <summary>Whether its output is incomplete: it may exit with 0 although the end of the file found no space.</summary>
    /// <param name="directory">As for <see cref="IsDiskFull"/>.</param>
    internal bool IsFailure(string? directory) => Code != 0 || IsDiskFull(directory) || IsIoError;

    private bool Says(string[] texts)
    {
        foreach (string text in texts)
            if (Said.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
