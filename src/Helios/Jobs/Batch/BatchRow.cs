namespace Helios.Jobs.Batch;

/// <summary>A row of a batch, as its index has it.</summary>
/// <param name="Id">From 0.</param>
/// <param name="JobId">Id of its job.</param>
/// <param name="Output">Path of its video, as its job spec has it.</param>
/// <param name="TotalFrames">Of its video.</param>
internal readonly record struct BatchRow(int Id, string JobId, string Output, long TotalFrames);
