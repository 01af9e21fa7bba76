using Helios.Errors;

namespace Helios.Progress;

/// <summary>How progress is shown on stderr.</summary>
internal enum ProgressMode
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
internal static class ProgressModes
{
    private static readonly string[] s_names = ["auto", "json", "plain", "none"];

    /// <param name="typed">What was typed; null when nothing was.</param>
    /// <param name="isQuiet">Means none, whatever was typed.</param>
    /// <param name="isTerminal">Whether stderr is one.</param>
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
