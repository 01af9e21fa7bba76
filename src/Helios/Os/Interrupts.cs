using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Helios.Errors;

namespace Helios.Os;

/// <summary>
/// SIGINT, SIGTERM (spot reclaim) and SIGHUP (closed terminal) as a wish that long work asks for: only the work itself
/// knows how to end its children and remove its partial files. Several may listen at once, and each hears every signal:
/// they share one registration, since the runtime may stop at the first one that takes a signal.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly Lock s_gate = new(); // each signal is handled on a thread of its own
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

    /// <summary>Listens no longer. After the last one signals do again what they did before: end the process.</summary>
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
    /// What was ignored when helios was started stays so: SIGHUP with nohup, SIGINT of a command that a script started in
    /// the background.
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

    /// <summary>Tells all who listen of a signal.</summary>
    internal static void Tell(ExitCode code, string name)
    {
        lock (s_gate)
        {
            foreach (Interrupts listener in s_listeners)
            {
                if (listener._code == 0) listener._name = name; // before the code, which others wait for
                if (listener._code == 0) listener._code = (int)code;
                listener._count++;
            }
        }
    }
}
