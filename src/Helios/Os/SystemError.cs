using System;
using System.IO;
using System.Runtime.InteropServices;
using Helios.Errors;

namespace Helios.Os;

/// <summary>Maps the system's error numbers to exit codes: 74 for temporary failures, 73 for those that the user has to fix.</summary>
internal static class SystemError
{
    private const int NoSuchFile = 2; // ENOENT
    private const int NotPermitted = 13; // EACCES
    private const int TooManyOfAll = 23; // ENFILE
    private const int TooMany = 24; // EMFILE

    /// <summary>EAGAIN, equal to EWOULDBLOCK.</summary>
    internal static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>69, for hosts whose browser and encoder helios cannot start.</summary>
    internal static HeliosException OnlyOnLinux() => new(ExitCode.Unavailable, "helios renders on Linux only", "this machine",
        "render in the worker image (docs/images.md) or on another Linux machine; plan, check and adapt work here");

    /// <summary>The exception that .NET would have thrown.</summary>
    /// <param name="number">errno of Linux.</param>
    internal static Exception ToSystemException(int number) => number switch
    {
        NoSuchFile => new DirectoryNotFoundException(),
        NotPermitted => new UnauthorizedAccessException(),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(number), number),
    };

    /// <summary>The error of a file or directory that cannot be created.</summary>
    /// <param name="error">An IOException or UnauthorizedAccessException of .NET.</param>
    /// <param name="what">What cannot be created.</param>
    /// <param name="where">Its path.</param>
    /// <param name="fix">Advice when the cause is neither space nor a limit.</param>
    internal static HeliosException ToException(Exception error, string what, string where, string fix)
    {
        what += ": " + ErrorText.Reason(error);
        if (Reasons.Of(error) == Reason.DiskFull)
            return new HeliosException(ExitCode.IoError, what, where, "make room, then run it again", error);
        return error.HResult switch
        {
            TooMany or TooManyOfAll => new HeliosException(
                ExitCode.IoError, what, where, "raise the limit of open files (ulimit -n), then run it again", error),
            _ => new HeliosException(ExitCode.CantCreate, what, where, fix, error),
        };
    }
}
