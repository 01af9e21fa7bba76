using System;

namespace Helios.Errors;

/// <summary>One row of the exit-code table.</summary>
/// <param name="Code">The code that the process exits with.</param>
/// <param name="Name">Short name, as in the documents.</param>
/// <param name="When">When it happens, for help and documents.</param>
/// <param name="IsRetryable">Whether running the same command again can succeed; adapters derive retry rules from it.</param>
internal readonly record struct ExitCodeInfo(ExitCode Code, string Name, string When, bool IsRetryable);

/// <summary>
/// The only exit-code table: help text, documents and every adapter's retry rules derive from it. Codes 64 to 75 are those of
/// BSD sysexits.h, which schedulers and shells already know.
/// </summary>
internal static class ExitCodes
{
    private static readonly ExitCodeInfo[] s_all =
    [
        new(ExitCode.Ok, "ok", "done, or the reader of stdout went away", false),
        new(ExitCode.Usage, "usage", "the command line is wrong", false),
        new(ExitCode.Invalid, "invalid", "the job spec or the composition is wrong", false),
        new(ExitCode.NoInput, "no input", "a named file does not exist or cannot be read", false),
        new(ExitCode.Unavailable, "unavailable", "browser or encoder missing or too old", false),
        new(ExitCode.Internal, "internal", "a bug in helios", false),
        new(ExitCode.CantCreate, "can't create", "the output's directory is missing or not writable", false),
        new(ExitCode.IoError, "i/o", "disk full, read or write error", true),
        new(ExitCode.Temporary, "temporary", "browser crashed or hung, encoder killed, time limit", true),
        new(ExitCode.Interrupted, "interrupted", "SIGINT", true),
        new(ExitCode.Terminated, "terminated", "SIGTERM (spot reclaim)", true),
    ];

    /// <summary>Every row, ordered by code.</summary>
    internal static ReadOnlySpan<ExitCodeInfo> All => s_all;

    /// <summary>The row of a code; null for a code that helios does not use.</summary>
    internal static ExitCodeInfo? Find(int code)
    {
        foreach (ExitCodeInfo row in s_all)
            if ((int)row.Code == code) return row;
        return null;
    }
}
