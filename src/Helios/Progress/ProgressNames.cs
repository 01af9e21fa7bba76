namespace Helios.Progress;

/// <summary>Names in the events of <c>--progress json</c> that are written by one process of helios and read by another.</summary>
internal static class ProgressNames
{
    internal const string Event = "event";

    // events; a unit, chunk or row, stands before the second
    internal const string Progress = "progress";
    internal const string Finished = "-finished";
    internal const string Warning = "warning";
    internal const string Error = "error";

    // their members
    internal const string Message = "message";
    internal const string Frames = "frames";
    internal const string Bytes = "bytes";
    internal const string Code = "code";
    internal const string What = "what";
    internal const string Where = "where";
    internal const string Fix = "fix";
    internal const string Reason = "reason";
}
