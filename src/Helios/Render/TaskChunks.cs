namespace Helios.Render;

/// <summary>The chunks that one task renders.</summary>
/// <param name="First">Index of the first; null when nothing says, which is enough for a job of one chunk.</param>
/// <param name="Count">How many at the most.</param>
/// <param name="Source">Where the index came from.</param>
internal readonly record struct TaskChunks(int? First, int Count, string Source);
