namespace Helios.Render;

/// <summary>The chunks that one task renders.</summary>
/// <param name="First">Index of the first; null when unspecified, which suffices for a job of one chunk.</param>
/// <param name="Count">Their number at most.</param>
/// <param name="Source">Source of the index.</param>
/// <param name="IsRead">Whether standard input tells the indices instead, as many as come.</param>
internal readonly record struct TaskChunks(int? First, int Count, string Source, bool IsRead = false);
