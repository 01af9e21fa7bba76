namespace Helios.Run.Checks;

/// <summary>How a check ended.</summary>
internal enum FindingState
{
    Ok,

    /// <summary>Renders, but not everything, or not as well.</summary>
    Warning,

    /// <summary>Does not render.</summary>
    Error,
}

/// <summary>One check: its name, how it ended, what was found, and how to fix it; no fix when it passed.</summary>
internal sealed record Finding(FindingState State, string Name, string Found, string? Fix);
