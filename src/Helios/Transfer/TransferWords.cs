using System;
using Helios.Transfer.Programs;

namespace Helios.Transfer;

/// <summary>
/// What the words of a failed program mean. Their exit codes tell little: aws and azcopy end with 1 whatever happened. The words are
/// those of the services' error codes (S3 API reference, "Error responses"; Cloud Storage JSON API, "HTTP status and error codes"; Blob
/// service error codes), which programs pass on.
/// </summary>
internal static class TransferWords
{
    private static readonly string[] s_throttled =
    [
        "SlowDown", "Slow Down", "Throttl", "TooManyRequests", "Too Many Requests", "RequestLimitExceeded", "rateLimitExceeded",
        "ServerBusy", "ServiceUnavailable", "Service Unavailable", "InternalError", "reduce your request rate",
        "(429)", "(500)", "(502)", "(503)",
        "HTTPError 429", "HTTPError 500", "HTTPError 502", "HTTPError 503", "OperationTimedOut",
    ];

    private static readonly string[] s_denied =
    [
        "AccessDenied", "Access Denied", "Forbidden", "Unauthorized", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken",
        "InvalidToken", "AuthorizationFailure", "AuthorizationPermissionMismatch", "AuthenticationFailed", "NoAuthenticationInformation",
        "Unable to locate credentials", "does not have permission", "do not currently have an active account", "az login", "azcopy login",
        "permission denied", "Permission denied", "(401)", "(403)", "HTTPError 401", "HTTPError 403",
    ];

    private static readonly string[] s_missing =
    [
        "NoSuchKey", "NoSuchBucket", "NotFound", "Not Found", "not found", "does not exist", "matched no objects", "No such file", "(404)",
        "HTTPError 404",
    ];

    /// <param name="program">The program.</param>
    /// <param name="code">Its exit code.</param>
    /// <param name="said">Its last lines.</param>
    /// <param name="names">What it was asked for: its addresses and paths say nothing about the fault.</param>
    internal static TransferFault Find(TransferProgram program, int code, string said, params ReadOnlySpan<string> names)
    {
        if (program.FaultOf(code) is TransferFault known) return known;
        foreach (string name in names) said = said.Replace(name, "", StringComparison.Ordinal);
        if (HasAny(said, s_throttled)) return TransferFault.Throttled;
        if (HasAny(said, s_denied)) return TransferFault.Denied;
        return HasAny(said, s_missing) ? TransferFault.Missing : TransferFault.Failed;
    }

    private static bool HasAny(string said, string[] words) => Array.Exists(words, word => said.Contains(word, StringComparison.Ordinal));
}
