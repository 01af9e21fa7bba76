using System;
using System.Collections.Generic;
using System.Threading;

namespace Helios.Os.Files;

/// <summary>
/// Touches this process's files and directories with a temporary name while they are in use. A
/// browser's profile, or a chunk during its pre-roll, may otherwise go without a write for longer
/// than the time after which it counts as abandoned (<see cref="Leftover"/>).
/// </summary>
/// <param name="interval">ms between two touches; a tenth of the time after which a file counts as abandoned.</param>
internal sealed class LifeSigns(int interval)
{
    private readonly Lock _gate = new();
    private readonly List<string> _paths = [];
    private bool _isRunning;

    /// <summary>The instance of this process.</summary>
    internal static LifeSigns Shared { get; } = new(60_000);

    /// <summary>Starts touching a file or directory, which may not exist yet, until the result is disposed.</summary>
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
                // under the lock, so that no path is touched that may belong to another process by then
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
