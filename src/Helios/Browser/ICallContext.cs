namespace Helios.Browser;

/// <summary>
/// The activity of a caller of the browser, for the messages of failed calls. It belongs to the
/// caller, which alone changes it; sessions only read it.
/// </summary>
internal interface ICallContext
{
    /// <summary>The current activity: <c>frame 12 of https://…</c>.</summary>
    string Where { get; }

    /// <summary>The user's limit for it.</summary>
    TimeLimit Limit { get; }

    /// <summary>URL that the page may be waiting for; null when none is known.</summary>
    string? FindSuspect();

    /// <summary>Whether the browser is still drawing what the page asked it for; asked when a call has timed out.</summary>
    bool IsDrawing();

    /// <summary>URL of a worker that answers nothing although its page does; null when there is none. Asked as above.</summary>
    string? FindStuckWorker();
}

/// <summary>A time limit, and the option that sets it.</summary>
/// <param name="Option"><c>--timeout</c>.</param>
/// <param name="Milliseconds">Null while no limit of the user applies, only that of each call.</param>
internal readonly record struct TimeLimit(string Option, int? Milliseconds = null)
{
    /// <summary>The limit of calls without a limit of the user.</summary>
    internal static TimeLimit OfCall => new("--timeout");
}
