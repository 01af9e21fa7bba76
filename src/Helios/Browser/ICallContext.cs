namespace Helios.Browser;

/// <summary>
/// What a caller does with the browser, for the messages of calls that fail. It belongs to the caller, which alone changes it;
/// sessions only read it.
/// </summary>
internal interface ICallContext
{
    /// <summary>What is being done: <c>frame 12 of https://…</c>.</summary>
    string Where { get; }

    /// <summary>The limit that the user has set on it.</summary>
    TimeLimit Limit { get; }

    /// <summary>URL that the page may be waiting for; null when none is known.</summary>
    string? FindSuspect();
}

/// <summary>A limit of time, and the option that sets it.</summary>
/// <param name="Option"><c>--timeout</c>.</param>
/// <param name="Milliseconds">Null while no limit of the user applies, only that of each call.</param>
internal readonly record struct TimeLimit(string Option, int? Milliseconds = null)
{
    /// <summary>The limit of calls that the user has set none for.</summary>
    internal static TimeLimit OfCall => new("--timeout");
}
