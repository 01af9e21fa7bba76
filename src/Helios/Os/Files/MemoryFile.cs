using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Helios.Errors;
using Microsoft.Win32.SafeHandles;

namespace Helios.Os.Files;

/// <summary>A file without a name, for children to read or write: it cannot be left behind, however helios ends.</summary>
internal sealed class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    private readonly SafeFileHandle _handle;
    private readonly FileStream _stream;

    private MemoryFile(SafeFileHandle handle, int descriptor)
    {
        _handle = handle;
        _stream = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{descriptor}");
    }

    /// <summary>Path by which this user's processes can open it while helios lives.</summary>
    internal string Path { get; }

    internal long Length => _stream.Length;

    /// <param name="name">Its content, for messages and in listings of open descriptors.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="HeliosException">69: not on Linux; 74: no memory or no descriptors left.</exception>
    internal static MemoryFile Create(string name, Action<Stream> write)
    {
        if (!OperatingSystem.IsLinux()) throw SystemError.OnlyOnLinux();
        int descriptor = Libc.CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new HeliosException(ExitCode.IoError, $"there is no memory for {name}: " + Marshal.GetLastPInvokeErrorMessage(),
                "this machine", "free some, then run it again");
        }

        var file = new MemoryFile(new SafeFileHandle(descriptor, ownsHandle: true), descriptor);
        write(file._stream);
        return file;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _handle.Dispose();
    }
}
