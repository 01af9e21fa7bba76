using System;

namespace Helios.Errors;

/// <summary>
/// The one expected failure: what happened, where, how to fix it, and the exit code. Shown as
/// <c>helios: what (where); fix</c>. Anything else that is thrown is a bug and exits with 70.
/// </summary>
internal sealed class HeliosException(
    ExitCode code, string what, string where, string fix, Exception? inner = null, Reason reason = Reason.None)
    : Exception($"{what} ({where}); {fix}", inner)
{
    internal ExitCode Code { get; } = code;

    internal string What { get; } = what;

    /// <summary>File, JSON path, option, frame or URL.</summary>
    internal string Where { get; } = where;

    internal string Fix { get; } = fix;

    /// <summary>The reason that code decides on; taken from the cause unless given.</summary>
    internal Reason Reason { get; } = reason == Reason.None ? Reasons.Of(inner) : reason;
}
