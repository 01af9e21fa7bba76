using System.Collections.Generic;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Run;

/// <summary>Hears what happens in a run, on the thread of the run; shows it in its way. This one shows nothing.</summary>
internal class RunWatcher
{
    private readonly HashSet<string> _warnings = [];

    /// <summary>Says a warning once: every browser of a run has the same.</summary>
    internal void Warn(string text)
    {
        if (_warnings.Add(text)) OnWarning(text);
    }

    /// <summary>What is complete already is known, and work begins.</summary>
    internal virtual void OnStart(RunStatus status)
    {
    }

    /// <param name="chunk">Its id.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="attempt">From 1.</param>
    internal virtual void OnChunkStart(int chunk, long frames, int attempt)
    {
    }

    internal virtual void OnChunkFinish(int chunk, long frames, long bytes, ReceiptTimings timings)
    {
    }

    /// <summary>A chunk failed and will be tried again.</summary>
    internal virtual void OnRetry(int chunk, int attempt, HeliosException error, int delayMs)
    {
    }

    /// <summary>Called several times a second.</summary>
    internal virtual void OnTick(RunStatus status)
    {
    }

    internal virtual void OnWarning(string text)
    {
    }

    internal virtual void OnMerge(RunStatus status)
    {
    }

    /// <summary>Called often while the merge goes on.</summary>
    internal virtual void OnMergeTick(RunStatus status)
    {
    }

    internal virtual void OnFinish(RunStatus status)
    {
    }

    /// <summary>The run ends with an error, which whoever catches it says.</summary>
    internal virtual void OnError(HeliosException error)
    {
    }
}
