using System;
using System.Collections.Generic;
using System.Threading;

namespace Helios.Os.Files;

/// <summary>
/// Touches what this process has under a temporary name, as long as it has it: a browser's profile, or a chunk whose
/// earlier frames are gone through first, may be written to by nobody for longer than others wait (<see cref="Leftover"/>).
/// </summary>
/// <param name="interval">ms between two signs; a tenth of what others wait.</param>
internal sealed class LifeSigns(int interval)
{
    private readonly Lock _gate = new();
    private readonly List<string> _paths = [];
    private bool _isRunning;

    /// <summary>Those of this process.</summary>
    internal static LifeSigns Shared { get; } = new(60_000);

    /// <summary>Begins with a file or directory, which may come later; until the result is disposed.</summary>
    /// <param name="path">Absolute.</param>
    internal IDisposable Give(string path)
    {
        lock (_gate)
        {
            _paths.Add(path);
            if (!_isRunning && OperatingSystem.IsLinux()) new Thread(Run) { IsBackground = true }.Start();
            _isRunning = true;
        }

        return new Sign(this, path);
    }

    private unsafe void Run()
    {
        while (true)
        {
            Thread.Sleep(interval);
            lock (_gate)
            {
                // while they are held, so that nothing is touched that is somebody else's by then
                foreach (string path in _paths) _ = Libc.SetTimes(Libc.CurrentFolder, path, null, Libc.KeepLinks);
                if (_paths.Count > 0) continue;
                _isRunning = false;
                return;
            }
        }
    }

    private sealed class Sign(LifeSigns signs, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (signs._gate) _ = signs._paths.Remove(path);
        }
    }
}
