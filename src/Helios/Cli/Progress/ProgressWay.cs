using Helios.Cli.Options;
using Helios.Errors;
using Helios.Os;

namespace Helios.Cli.Progress;

/// <summary>How progress is shown on stderr.</summary>
internal enum ProgressWay
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A line every few seconds, for logs.</summary>
    Plain,

    /// <summary>One line that is drawn over.</summary>
    Terminal,

    /// <summary>One JSON object a line, for programs (docs/progress.md).</summary>
    Json,
}

/// <summary>Reads <c>--progress</c>.</summary>
internal static class ProgressWays
{
    private static readonly string[] s_names = ["auto", "json", "plain", "none"];

    /// <summary>The way that was asked for; quiet means none, whatever else is said.</summary>
    /// <exception cref="HeliosException">64: there is no such way.</exception>
    internal static ProgressWay Read(string? typed, bool isQuiet)
    {
        ProgressWay way = typed switch
        {
            null or "auto" => StandardStreams.IsErrorTerminal ? ProgressWay.Terminal : ProgressWay.Plain,
            "json" => ProgressWay.Json,
            "plain" => ProgressWay.Plain,
            "none" => ProgressWay.None,
            _ => throw ExportArguments.Wrong("--progress", typed, "a way to show progress" + NearestName.Hint(typed, s_names), "use auto, json, plain or none"),
        };
        if (isQuiet) return ProgressWay.None;
        if (way == ProgressWay.Json) ProgressJson.IsOn = true;
        return way;
    }
}
