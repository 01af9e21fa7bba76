using System;
using System.Collections.Generic;
using System.Diagnostics;
using Helios.Errors;
using Helios.Os;

namespace Helios.Progress;

/// <summary>Shows what happens, in its mode. Called on the thread of the command.</summary>
internal abstract class ProgressSink
{
    private readonly HashSet<string> _warnings = [];

    /// <summary>The sink for what was typed.</summary>
    /// <param name="typed">As of <see cref="ProgressModes.Read"/>.</param>
    /// <param name="isQuiet">No progress and no summary.</param>
    /// <exception cref="HeliosException">64: there is no such mode.</exception>
    internal static ProgressSink Make(string? typed, bool isQuiet)
    {
        ProgressMode mode = ProgressModes.Read(typed, isQuiet, StandardStreams.IsErrorTerminal);
        return mode == ProgressMode.Json
            ? new JsonProgress(StandardStreams.WriteError, Milliseconds)
            : new TextProgress(mode, isQuiet, StandardStreams.WriteErrorText, Milliseconds);
    }

    internal abstract void Report(ProgressEvent happened);

    /// <summary>Reports a warning once: every browser of a run has the same.</summary>
    internal void Warn(string text)
    {
        if (_warnings.Add(text)) Report(new Warned(text));
    }

    /// <summary>Removes the line that is drawn over.</summary>
    internal virtual void Close()
    {
    }

    private static long Milliseconds() => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds;
}
