using ConsoleAppFramework;
using Helios.Cli.Help;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary>
/// The options that adapters have in common, declared once: <see cref="BorrowedOptions"/> defines which engine has which. Never
/// run.
/// </summary>
internal sealed class AdapterOptionCommands
{
    /// <summary>Options that adapters have in common.</summary>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image with helios, chromium-headless-shell and ffmpeg on PATH [default: helios]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Most tasks at once [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks, or the rows of a batch, to [default: one each, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks, or rows, a task, instead of --tasks</param>
    /// <param name="arch">&lt;NAME&gt; Processors of all tasks, amd64 or arm64 [default: amd64 where documents of the engine must name one]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Hidden]
    [Command("common")]
    public int Common(
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? arch = null,
        [HideDefaultValue] string? helios = null) =>
        ErrorBoundary.Run(static () => throw CommandLine.Wrong("adapt common is not a command", "helios adapt --help lists the engines"));
}
