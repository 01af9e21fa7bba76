using Helios.Errors;

namespace Helios.Progress;

/// <summary>How progress is shown on stderr.</summary>
internal enum ProgressMode
{
    /// <summary>No progress.</summary>
    None,

    /// <summary>A line every few seconds, for logs.</summary>
    Plain,

    /// <summary>One line that is redrawn.</summary>
    Terminal,

    /// <summary>One JSON object a line, for programs (docs/progress.md).</summary>
    Json,
}

/// <summary>Reads <c>--progress</c>.</summary>
internal static class ProgressModes
{
    private static readonly string[] s_names = ["auto", "json", "plain", "none"];

    /// <param name="typed">The typed value; null when there is none.</param>
    /// <param name="isQuiet">Selects none, regardless of the typed value.</param>
    /// <param name="isTerminal">Whether stderr is a terminal.</param>
    /// <exception cref="HeliosException">64: there is no such mode.</exception>
    internal static ProgressMode Read(string? typed, bool isQuiet, bool isTerminal)
    {
        ProgressMode mode = typed switch
        {
            null or "auto" => isTerminal ? ProgressMode.Terminal : ProgressMode.Plain,
            "json" => ProgressMode.Json,
            "plain" => ProgressMode.Plain,
            "none" => ProgressMode.None,
            _ => throw new HeliosException(ExitCode.Usage,
                $"\"{ErrorText.OneLine(typed)}\" is not a way to show progress{NearestName.Hint(typed, s_names)}", "--progress",
                "use auto, json, plain or none"),
        };
        return isQuiet ? ProgressMode.None : mode;
    }
}
