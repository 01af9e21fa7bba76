namespace Helios.Jobs;

/// <summary>Contiguous frames that one worker renders into one file.</summary>
internal sealed record Chunk
{
    /// <summary>0-based and dense.</summary>
    public required int Id { get; init; }

    /// <summary>First frame on the composition's timeline.</summary>
    public required long StartFrame { get; init; }

    public required long FrameCount { get; init; }

    /// <summary>Path of the chunk file, in the directory of the job's output or below it.</summary>
    public required string Output { get; init; }
}
