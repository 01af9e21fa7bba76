using Helios.Browser;

namespace Helios.Tests.Support;

/// <summary>A context that a test makes up.</summary>
internal sealed record NamedContext(string Where, TimeLimit Limit, string? Suspect = null, bool Draws = false, string? StuckWorker = null)
    : ICallContext
{
    internal NamedContext(string where)
        : this(where, TimeLimit.OfCall)
    {
    }

    public string? FindSuspect() => Suspect;

    public bool IsDrawing() => Draws;

    public string? FindStuckWorker() => StuckWorker;
}
