namespace Helios.Os.Processes;

/// <summary>A pipe between helios and a child.</summary>
/// <param name="Descriptor">Its number in the child.</param>
/// <param name="IsOutput">Whether the child writes and helios reads.</param>
/// <param name="IsLarge">Whether frames go through it: <see cref="PipeEnd"/>.</param>
internal readonly record struct ChildPipe(int Descriptor, bool IsOutput, bool IsLarge = false);
