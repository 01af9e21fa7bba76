namespace Helios.Jobs;

/// <summary>Where the time of a chunk went, in milliseconds.</summary>
internal sealed record ReceiptTimings
{
    /// <summary>Browser start until the page was ready.</summary>
    public required long LoadMs { get; init; }

    /// <summary>Frames before the chunk.</summary>
    public required long PrerollMs { get; init; }

    /// <summary>Frames of the chunk; encoding overlaps.</summary>
    public required long CaptureMs { get; init; }

    /// <summary>Everything, until the chunk file had its name.</summary>
    public required long TotalMs { get; init; }
}
