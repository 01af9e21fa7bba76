namespace Helios.Browser;

/// <summary>The context of calls before there is a page.</summary>
internal sealed class BrowserStart : ICallContext
{
    public string Where => "browser start";

    public TimeLimit Limit => TimeLimit.OfCall;

    public string? FindSuspect() => null;

    public bool IsDrawing() => false;

    public string? FindStuckWorker() => null;
}
