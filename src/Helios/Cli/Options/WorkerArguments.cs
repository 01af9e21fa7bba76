using System;
using Helios.Browser;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Page;

namespace Helios.Cli.Options;

/// <summary>Typed arguments of a worker, still as text.</summary>
internal sealed record WorkerArguments
{
    internal string? Root { get; init; }

    internal string? Browser { get; init; }

    internal string? Ffmpeg { get; init; }

    internal bool IsOffline { get; init; }

    internal bool AllowsChanged { get; init; }

    internal string? Preroll { get; init; }

    internal string? Timeout { get; init; }

    internal string? ReadyTimeout { get; init; }

    internal string? Threads { get; init; }

    private const int LongestWait = 86_400;
    private const int DefaultFrameTimeout = 30;
    private const int DefaultReadyTimeout = 60;
    private const int SlowestSteps = 240_000;
    private const int MostThreads = 8192;

    /// <summary>The options that another command has from render-chunk.</summary>
    internal static WorkerArguments From(OptionValues given) => new()
    {
        Root = given["--root"],
        Browser = given["--browser"],
        Ffmpeg = given["--ffmpeg"],
        Preroll = given["--preroll"],
        Timeout = given["--timeout"],
        ReadyTimeout = given["--ready-timeout"],
        Threads = given["--threads"],
        IsOffline = given.Has("--offline"),
        AllowsChanged = given.Has("--allow-changed"),
    };

    internal int FrameTimeoutMs => 1000 * (int)ExportArguments.ReadInteger("--timeout", Timeout, 1, LongestWait, DefaultFrameTimeout);

    private int ReadyTimeoutMs =>
        1000 * (int)ExportArguments.ReadInteger("--ready-timeout", ReadyTimeout, 1, LongestWait, DefaultReadyTimeout);

    /// <summary>Processors that browser and encoder may use; 0: all.</summary>
    internal int ThreadCount => (int)ExportArguments.ReadInteger("--threads", Threads, 1, MostThreads, 0);

    /// <summary>
    /// Longest time without an event, ms: both limits, by half more for hooks that wait for nothing, plus the time for an encoder
    /// stall, a browser start and a file flush.
    /// </summary>
    internal int LongestSilence => ((FrameTimeoutMs + ReadyTimeoutMs) / 2 * 3) + SlowestSteps;

    /// <summary>A wrong value is an error even if there is nothing to render.</summary>
    /// <exception cref="HeliosException">64: an impossible value.</exception>
    internal void Check()
    {
        _ = FrameTimeoutMs;
        _ = ReadyTimeoutMs;
        _ = ThreadCount;
        _ = ReadPreroll();
    }

    /// <exception cref="HeliosException">64: an impossible value; 69: no browser or encoder.</exception>
    internal RenderSettings ToSettings(string directory, Interrupts interrupts, Action<string> warn) => new()
    {
        Directory = directory,
        Root = Root,
        Preroll = ReadPreroll(),
        FrameTimeout = FrameTimeoutMs,
        ReadyTimeout = ReadyTimeoutMs,
        Browser = BrowserFinder.Find(Browser),
        EncoderPath = EncoderFinder.Find(Ffmpeg),
        IsOffline = IsOffline,
        AllowsChanged = AllowsChanged,
        Interrupts = interrupts,
        Warn = warn,
    };

    /// <summary>For a browser that renders nothing.</summary>
    /// <exception cref="HeliosException">64: an impossible value; 69: no browser.</exception>
    internal RenderSettings ToProbeSettings(string directory, Interrupts interrupts, Action<string> warn) => new()
    {
        Directory = directory,
        Root = Root,
        FrameTimeout = ReadyTimeoutMs,
        ReadyTimeout = ReadyTimeoutMs,
        Browser = BrowserFinder.Find(Browser),
        EncoderPath = "",
        IsOffline = IsOffline,
        Interrupts = interrupts,
        Warn = warn,
    };

    /// <summary>The first given option that only a browser uses; null when there is none.</summary>
    internal string? FindBrowserOption() =>
        Browser is not null
            ? "--browser"
            : IsOffline ? "--offline" : ReadyTimeout is not null ? "--ready-timeout" : null;

    private Preroll ReadPreroll() => Preroll switch
    {
        null => Page.Preroll.AsPlanned,
        "replay" => Page.Preroll.Replay,
        "displayed" => Page.Preroll.Displayed,
        _ => throw ExportArguments.Wrong("--preroll", Preroll,
            "a way to go through earlier frames" + NearestName.Hint(Preroll, ["replay", "displayed"]),
            "use replay or displayed; whether a job jumps is planned, by --history"),
    };
}
