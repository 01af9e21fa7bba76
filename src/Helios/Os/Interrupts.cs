using System;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>
/// SIGINT, SIGTERM (spot reclaim) and SIGHUP (closed terminal) as a wish that long work asks for: only the work itself knows how to end its
/// children and remove its partial files.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration? _hangUp;
    private string _name = "";
    private volatile int _code;
    private volatile int _count;

    internal Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Note(signal, ExitCode.Interrupted, "SIGINT"));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Note(signal, ExitCode.Terminated, "SIGTERM"));
        bool isWithoutTerminal = SignalState.IsIgnored(Libc.HangUpSignal); // nohup: go on when it closes
        if (!isWithoutTerminal) _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Note(signal, ExitCode.Terminated, "SIGHUP"));
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
    internal HeliosException ToException(string fix) => new((ExitCode)_code, "interrupted by " + _name, "signal", fix);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp?.Dispose();
    }

    private void Note(PosixSignalContext signal, ExitCode code, string name)
    {
        signal.Cancel = true;
        if (_code == 0) _name = name; // before the code, which others wait for
        if (_code == 0) _code = (int)code;
        _count++; // signals are handled one after the other
    }
}
