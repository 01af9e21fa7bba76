using System;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>
/// SIGINT and SIGTERM (spot reclaim) as a wish that long work asks for: only the work itself knows how to end its
/// children and remove its partial files.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile int _code;

    internal Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Note(signal, ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Note(signal, ExitCode.Terminated));
    }

    /// <exception cref="HeliosException">130, 143: a signal came.</exception>
    internal void ThrowIfRequested()
    {
        if (_code == 0) return;
        string name = _code == (int)ExitCode.Interrupted ? "SIGINT" : "SIGTERM";
        throw new HeliosException((ExitCode)_code, "interrupted by " + name, "signal", "run it again; nothing half done was left behind");
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Note(PosixSignalContext signal, ExitCode code)
    {
        signal.Cancel = true;
        if (_code == 0) _code = (int)code;
    }
}
