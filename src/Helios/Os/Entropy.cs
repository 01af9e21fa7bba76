using System;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>Randomness for job ids.</summary>
internal static partial class Entropy
{
    /// <summary>
    /// 16 random bytes from the kernel. <see cref="Guid.NewGuid"/> reads /dev/urandom, which an empty image or a bare
    /// chroot does not have.
    /// </summary>
    internal static unsafe Guid NewGuid()
    {
        if (OperatingSystem.IsWindows()) return Guid.NewGuid();
        byte* bytes = stackalloc byte[16];
        return GetEntropy(bytes, 16) == 0 ? new Guid(new ReadOnlySpan<byte>(bytes, 16)) : Guid.NewGuid();
    }

    [LibraryImport("libc", EntryPoint = "getentropy")]
    private static unsafe partial int GetEntropy(byte* buffer, nuint length);
}
