namespace Helios.Os.Files;

/// <summary>What a file's lock says of its owner.</summary>
internal enum LockState
{
    /// <summary>Nothing: the file system has no locks, or the file none.</summary>
    Unknown,

    /// <summary>No process of this kernel holds it. On some network file systems one of another machine may.</summary>
    Free,

    /// <summary>A living process holds it.</summary>
    Held,
}
