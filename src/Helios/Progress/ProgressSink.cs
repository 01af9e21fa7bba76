using System;
using System.Collections.Generic;
using System.Diagnostics;
using Helios.Errors;
using Helios.Os;

namespace Helios.Progress;

/// <summary>Shows events in its mode. Called on the thread of the command.</summary>
internal abstract class ProgressSink
{
    private readonly HashSet<string> _warnings = [];

    /// <summary>The sink for a typed mode.</summary>
    /// <param name="typed">As in <see cref="ProgressModes.Read"/>.</param>
    /// <param name="isQuiet">No progress and no summary.</param>
    /// <exception cref="HeliosException">64: there is no such mode.</exception>
    internal static ProgressSink Make(string? typed, bool isQuiet)
    {
        ProgressMode mode = ProgressModes.Read(typed, isQuiet, StandardStreams.IsErrorTerminal);
        return mode == ProgressMode.Json
            ? new JsonProgress(StandardStreams.WriteError, Milliseconds)
            : new TextProgress(mode, isQuiet, StandardStreams.WriteErrorText, Milliseconds);
    }

    /// <summary>What a run is made of: chunks of a job, or rows of a batch.</summary>
    internal string Unit { get; set; } = RunStatus.Chunk;

    internal abstract void Report(ProgressEvent happened);

    /// <summary>Reports a warning once: every browser of a run reports the same.</summary>
    internal void Warn(string text)
    {
        if (_warnings.Add(text)) Report(new Warned(text));
    }

    /// <summary>Removes the redrawn line.</summary>
    internal virtual void Close()
    {
    }

    private static long Milliseconds() => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds;
}
