using System;
using Helios.Errors;
using Helios.Os.Files;

namespace Helios.Ffmpeg;

/// <summary>
/// How an ffmpeg ended, and what that means. The only place that knows its exit codes and its words: up to version 6.0 it ends
/// with 1 whatever has happened, later with the low byte of its error number.
/// </summary>
/// <param name="Code">Its exit code; 128 + signal when one ended it.</param>
/// <param name="Said">The last lines of its stderr.</param>
/// <param name="IsHeard">Whether all that it said was read.</param>
internal readonly record struct FfmpegEnd(int Code, string Said, bool IsHeard = true)
{
    private const int Killed = 255; // it ends so after a SIGTERM; also what ChildProcess says of an end that it could not see
    private const int SignalBase = 128;
    private const int LastSignal = 31; // above are real-time signals, which are not used: codes of ffmpeg's own
    private const int NotFound = 8; // an encoder, filter, option … that it does not have; -0xF8 is how all of these begin
    private const int BadData = 183; // -'I' of AVERROR_INVALIDDATA
    private const int NoSpace = 228; // -ENOSPC; -EDQUOT would be 134, which is SIGABRT: only its words say that
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

    /// <summary>
    /// Whether ffmpeg did not even begin: the helios that should have become it ended in its place. No error number of
    /// ffmpeg's has this low byte.
    /// </summary>
    internal bool IsUnstarted => Code == (int)ExitCode.Unavailable;

    /// <summary>Whether a signal ended it, so that it was not asked to its end.</summary>
    internal bool IsKilled => Code is Killed or (> SignalBase and <= SignalBase + LastSignal);

    /// <summary>Whether reading or writing failed in a way that may pass; its exit code may be 0.</summary>
    internal bool IsIoError => Code == ReadError || Says(s_broken);

    /// <summary>Whether it cannot do what it was told at all: it is too old, or was built without something.</summary>
    internal bool IsUnable => (Code == NotFound || Says(s_unable)) && !Says(["cannot allocate memory"]);

    /// <summary>Whether it has read the beginning of a file and found nothing that it knows.</summary>
    internal bool IsUnreadable => !IsKilled && (Code == BadData || Says(s_unreadable));

    /// <summary>
    /// Whether it found no room: by its error number, by the disk itself, and by its words, which are all that versions
    /// before 6.1 leave of a quota or of a disk that has room again. Also with exit code 0, when only the end of a file found none.
    /// </summary>
    /// <param name="directory">Where it wrote, while what it wrote is still there; null for nowhere.</param>
    internal bool IsDiskFull(string? directory)
    {
        if (Code == NoSpace) return true;
        bool hasFailed = (Code != 0 || Said.Length > 0) && !IsKilled;
        return (hasFailed && directory is not null && FileSystem.IsFull(directory)) || Says(s_full);
    }

    /// <summary>Whether what it was to write is not whole: it may end with 0 although the end of the file found no room.</summary>
    /// <param name="directory">As for <see cref="IsDiskFull"/>.</param>
    internal bool IsFailure(string? directory) => Code != 0 || IsDiskFull(directory) || IsIoError;

    private bool Says(string[] texts)
    {
        foreach (string text in texts)
            if (Said.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
