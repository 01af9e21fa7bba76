using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// Makes every opening of the files below a directory take a while, as on the file system of a network. Whoever opens one, a
/// static binary too, has to wait until the lease on it is given back (fcntl, F_SETLEASE).
/// </summary>
internal sealed class SlowFiles : IDisposable
{
    private const int SetSignal = 10; // F_SETSIG
    private const int SetLease = 1024; // F_SETLEASE
    private const int GetLease = 1025; // F_GETLEASE
    private const int WriteLease = 1; // F_WRLCK: of anyone else's opening
    private const int NoLease = 2; // F_UNLCK
    private const int Urgent = 23; // SIGURG, which nobody minds; SIGIO would end the tests

    private readonly List<Leased> _files;
    private readonly Thread _thread;
    private readonly int _milliseconds;
    private volatile bool _isStopped;
    private volatile int _openings;

    /// <param name="directory">Where the files are.</param>
    /// <param name="milliseconds">The longest that an opening takes; the shortest is a quarter of it.</param>
    internal SlowFiles(string directory, int milliseconds)
    {
        _milliseconds = milliseconds;
        _files =
        [
            .. Directory
                .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => new Leased(path)),
        ];
        foreach (Leased file in _files)
        {
            if (!file.TryTake())
            {
                throw new InvalidOperationException(
                    $"no lease can be had on {file.Path}: run the tests as its owner, with TMPDIR on a local disk");
            }
        }

        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How often one was opened so far.</summary>
    internal int Openings => _openings;

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
        foreach (Leased file in _files) file.Dispose();
    }

    private void Watch()
    {
        var random = new Random(1);
        while (!_isStopped)
        {
            long now = Environment.TickCount64;
            foreach (Leased file in _files)
            {
                if (!file.IsTaken)
                {
                    _ = file.TryTake(); // not before it is closed again
                }
                else if (file.IsWanted && file.Due is null)
                {
                    _openings++;
                    file.Due = now + random.Next(_milliseconds / 4, _milliseconds);
                }
                else if (file.Due <= now)
                {
                    file.GiveBack();
                }
            }

            Thread.Sleep(1);
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int descriptor, int command, int argument);

    private sealed class Leased : IDisposable
    {
        private readonly SafeFileHandle _handle;
        private readonly int _descriptor;

        internal Leased(string path)
        {
            Path = path;
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _descriptor = (int)_handle.DangerousGetHandle();
        }

        internal string Path { get; }

        internal bool IsTaken { get; private set; }

        /// <summary>When it is given back; null while nobody wants it.</summary>
        internal long? Due { get; set; }

        internal bool IsWanted => Control(_descriptor, GetLease, 0) != WriteLease;

        /// <summary>Giving a lease back resets its signal to SIGIO: it is chosen anew each time.</summary>
        internal bool TryTake() =>
            IsTaken = Control(_descriptor, SetSignal, Urgent) == 0 && Control(_descriptor, SetLease, WriteLease) == 0;

        internal void GiveBack()
        {
            _ = Control(_descriptor, SetLease, NoLease);
            IsTaken = false;
            Due = null;
        }

        public void Dispose() => _handle.Dispose();
    }
}
