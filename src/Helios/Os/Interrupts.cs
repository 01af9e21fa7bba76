using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Helios.Errors;

namespace Helios.Os;

/// <summary>
/// SIGINT, SIGTERM (spot reclaim) and SIGHUP (closed terminal) as a request that long work polls: only the work itself knows
/// how to end its children and remove its partial files. Several listeners can exist at once, and each receives every signal.
/// They share one registration, since the runtime may stop at the first one that handles a signal.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly Lock s_gate = new(); // each signal is handled on its own thread
    private static readonly List<Interrupts> s_listeners = [];
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    private string _name = "";
    private volatile int _code;
    private volatile int _count;

    internal Interrupts()
    {
        lock (s_gate)
        {
            if (s_listeners.Count == 0) Register();
            s_listeners.Add(this);
        }
    }

    /// <summary>Number of signals so far: a second one means that the user does not want to wait.</summary>
    internal int Count => _count;

    /// <exception cref="HeliosException">130, 143: a signal came.</exception>
    internal void ThrowIfRequested()
    {
        if (_code != 0) throw ToException("run it again; nothing half done was left behind");
    }

    /// <summary>The error of interrupted work.</summary>
    /// <param name="fix">Advice for the user.</param>
    internal HeliosException ToException(string fix) => new((ExitCode)_code, "interrupted by " + _name, "signal", fix);

    /// <summary>
    /// Stops listening. After the last listener has stopped, signals have their previous effect again: they end the process.
    /// </summary>
    public void Dispose()
    {
        lock (s_gate)
        {
            _ = s_listeners.Remove(this);
            if (s_listeners.Count > 0) return;
            s_registrations.ForEach(static registration => registration.Dispose());
            s_registrations.Clear();
        }
    }

    /// <summary>
    /// Signals that were ignored when helios started remain ignored: SIGHUP with nohup, SIGINT of a
    /// command that a script started in the background.
    /// </summary>
    private static void Register()
    {
        ulong ignored = SignalState.FindIgnored();
        Add(PosixSignal.SIGINT, Libc.InterruptSignal, ExitCode.Interrupted, "SIGINT");
        Add(PosixSignal.SIGTERM, Libc.Terminate, ExitCode.Terminated, "SIGTERM");
        Add(PosixSignal.SIGHUP, Libc.HangUpSignal, ExitCode.Terminated, "SIGHUP");

        void Add(PosixSignal signal, int number, ExitCode code, string name)
        {
            if (SignalState.IsIn(ignored, number)) return;
            s_registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Tell(code, name);
            }));
        }
    }

    /// <summary>Notifies all listeners of a signal.</summary>
    internal static void Tell(ExitCode code, string name)
    {
        lock (s_gate)
        {
            foreach (Interrupts listener in s_listeners)
            {
                if (listener._code == 0) listener._name = name; // before the code, which other threads poll
                if (listener._code == 0) listener._code = (int)code;
                listener._count++;
            }
        }
    }
}
