namespace Helios.Os.Files;

/// <summary>What a file's lock tells about its owner.</summary>
internal enum LockState
{
    /// <summary>Nothing: the file system has no locks, or the file has none.</summary>
    Unknown,

    /// <summary>No process of this kernel holds it. On some network file systems a process of another machine may.</summary>
    Free,

    /// <summary>A living process holds it.</summary>
    Held,
}
