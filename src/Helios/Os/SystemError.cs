using System;

namespace Helios.Os;

/// <summary>What the system's error numbers mean for an exit code: what passes is 74, what somebody has to change is 73.</summary>
internal static class SystemError
{
    internal const int WouldBlock = 11; // EWOULDBLOCK

    private const int TooManyOfAll = 23; // ENFILE
    private const int TooMany = 24; // EMFILE

    /// <summary>The error of something that cannot be made.</summary>
    /// <param name="error">An IOException or UnauthorizedAccessException of .NET.</param>
    /// <param name="what">What cannot be made.</param>
    /// <param name="where">Its path.</param>
    /// <param name="fix">What to do when it is neither room nor a limit.</param>
    internal static HeliosException ToException(Exception error, string what, string where, string fix)
    {
        what += ": " + ErrorText.Reason(error);
        if (Reasons.Of(error) == Reason.DiskFull)
            return new HeliosException(ExitCode.IoError, what, where, "make room, then run it again", error);
        return error.HResult switch
        {
            TooMany or TooManyOfAll => new HeliosException(ExitCode.IoError, what, where, "raise the limit of open files (ulimit -n), then run it again", error),
            _ => new HeliosException(ExitCode.CantCreate, what, where, fix, error),
        };
    }
}
