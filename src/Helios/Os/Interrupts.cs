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
    private volatile int _count;

    internal Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Note(signal, ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Note(signal, ExitCode.Terminated));
    }

    /// <summary>How many signals came: who asks twice does not want to wait.</summary>
    internal int Count => _count;

    /// <exception cref="HeliosException">130, 143: a signal came.</exception>
    internal void ThrowIfRequested()
    {
        if (_code != 0) throw ToException("run it again; nothing half done was left behind");
    }

    /// <summary>The error of whoever was interrupted.</summary>
    /// <param name="fix">What to do now.</param>
    internal HeliosException ToException(string fix)
    {
        string name = _code == (int)ExitCode.Interrupted ? "SIGINT" : "SIGTERM";
        return new((ExitCode)_code, "interrupted by " + name, "signal", fix);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Note(PosixSignalContext signal, ExitCode code)
    {
        signal.Cancel = true;
        _count++; // signals are handled one after the other
        if (_code == 0) _code = (int)code;
    }
}
