namespace Helios.Transfer;

/// <summary>An object of a store.</summary>
/// <param name="Name">Its key below the listed folder.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct StoreObject(string Name, long Size);
