using System;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Text;

namespace Helios.Adapters.Engines;

/// <summary>Pieces of POSIX shell that several engines need.</summary>
internal static class ShellScript
{
    private const string EndOfFile = "HELIOS_END"; // never a line of these scripts: text of a job never begins a line

    /// <summary><c>helios render-chunk job.json</c>, each word quoted where the shell would change it.</summary>
    internal static string Command(params string[] words) => string.Join(' ', Array.ConvertAll(words, ShellQuote.QuoteIfNeeded));

    /// <summary>The command of a task: the program, the command and its job, the options of a merge.</summary>
    internal static string Task(AdapterOptions options, string command, string path) =>
        Command([options.Program, .. TaskCommand.Words(options, command, path)]);

    /// <summary>The same where tasks have the job file at its path.</summary>
    internal static string Task(AdapterJob job, AdapterOptions options, string command) =>
        Task(options, command, job.LocalPath(options));

    /// <summary>
    /// Runs a command until it succeeds, fails with a code that no retry helps, or has no retry left; then ends the shell unless it
    /// succeeded. A signal to the shell ends it too, a signal to the command alone does not. Each wait is a little longer than the
    /// last: a full disk or a busy machine needs a moment.
    /// </summary>
    /// <param name="command">Quoted for the shell.</param>
    /// <param name="retries">After the first attempt.</param>
    /// <param name="giveUp">A command to run before a final failure, or empty.</param>
    internal static string Retry(string command, int retries, string giveUp = "")
    {
        string stop = giveUp.Length == 0 ? "exit \"$code\"" : $"{{ {giveUp}; exit \"$code\"; }}";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            trap "exit {{(int)ExitCode.Interrupted}}" INT
            trap "exit {{(int)ExitCode.Terminated}}" TERM
            attempt=0
            while :; do
              code=0
              {{command}} || code=$?
              case $code in
                0) break ;;
                {{RetryRules.ShellAgain}}) [ "$attempt" -lt {{retries}} ] || {{stop}} ;;
                *) {{stop}} ;;
              esac
              attempt=$((attempt + 1))
              sleep "$attempt"
            done

            """);
    }

    /// <summary>The same script for engines that take one line.</summary>
    /// <param name="script">Lines that are complete, or end in <c>do</c>, <c>in</c> or <c>;;</c>.</param>
    /// <param name="separator">Separator in place of line breaks.</param>
    internal static string OnOneLine(string script, string separator = " ")
    {
        var line = new StringBuilder();
        foreach (string part in script.Split('\n'))
        {
            string words = part.Trim();
            if (words.Length == 0) continue;
            if (line.Length > 0) line.Append(separator);
            line.Append(words);
            bool isOpen = words.EndsWith(" do", StringComparison.Ordinal) || words.EndsWith(" in", StringComparison.Ordinal)
                || words.EndsWith(";;", StringComparison.Ordinal);
            if (!isOpen) line.Append(';');
        }

        return line.ToString().TrimEnd(';');
    }

    /// <summary>
    /// First lines of a submission script: it stops at the first failure and keeps documents in a directory that it removes.
    /// </summary>
    internal static StringBuilder BeginSubmission(string comment) => new StringBuilder($$"""
        #!/bin/sh
        # {{comment}}
        set -eu
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT

        """);

    /// <summary>Lines that print the ids that the engine gave, from variables that are named after the steps.</summary>
    internal static StringBuilder AppendIds(this StringBuilder script, AdapterJob job) =>
        script.Append(job.ForSteps("", static step => $"echo \"{step} ${step}\"\n"));

    /// <summary>
    /// Last lines of a submission script, printed with the ids that the engine gave: how to watch what was submitted, cancel it, and
    /// remove what it leaves behind. One command each, or <c>&amp;&amp;</c> between them.
    /// </summary>
    /// <param name="script">Receives the lines.</param>
    /// <param name="watch">May refer to variables of the script; holds no double quote.</param>
    /// <param name="cancel">Likewise.</param>
    /// <param name="cleanUp">Likewise; null: the engine keeps nothing.</param>
    internal static StringBuilder AppendNextSteps(this StringBuilder script, string watch, string cancel, string? cleanUp)
    {
        script.Append(CultureInfo.InvariantCulture, $"echo \"watch: {watch}\"\necho \"cancel: {cancel}\"\n");
        return cleanUp is null ? script : script.Append(CultureInfo.InvariantCulture, $"echo \"clean up: {cleanUp}\"\n");
    }

    /// <summary>The same as comments at the top of a document that people submit themselves.</summary>
    /// <param name="submit">The command that takes the document.</param>
    /// <param name="watch">Another.</param>
    /// <param name="cancel">Another.</param>
    /// <param name="cleanUp">Null: the engine keeps nothing.</param>
    internal static string NextSteps(string submit, string watch, string cancel, string? cleanUp = null) =>
        $"# submit: {submit}\n# watch: {watch}\n# cancel: {cancel}\n" + (cleanUp is null ? "" : $"# clean up: {cleanUp}\n");

    /// <summary>Lines that upload the job before anything is submitted; none when tasks find it otherwise.</summary>
    internal static StringBuilder AppendPush(this StringBuilder script, AdapterJob job, AdapterOptions options) =>
        job.PushOf(options) is string[] push ? script.Append(CultureInfo.InvariantCulture, $"\n{Command(push)}\n") : script;

    /// <summary>A last line that says where the video, or those of rows, will be; none when that is in the spec.</summary>
    internal static StringBuilder AppendVideo(this StringBuilder script, AdapterJob job, AdapterOptions options) =>
        job.VideoOf(options) is string video
            ? script.Append(CultureInfo.InvariantCulture, $"echo {Command($"{VideosOf(job)} {video}")}\n")
            : script;

    /// <summary>Comments for a document that a user submits by hand.</summary>
    internal static string StoreComments(AdapterJob job, AdapterOptions options) => job.VideoOf(options) is not string video ? ""
        : (job.PushOf(options) is string[] push ? $"# Upload the {(job.IsBatch ? "batch" : "job")} first:\n#   {Command(push)}\n" : "")
            + $"# The {VideosOf(job)}: {video}\n";

    private static string VideosOf(AdapterJob job) => job.IsBatch ? "videos" : "video";

    /// <summary>A comment in case the volume was forgotten: chunk files would be lost with their machines.</summary>
    internal static string NothingShared(string mount, string options) =>
        $"\n# Nothing is mounted at {ErrorText.OneLine(mount)}: give {options}, or an image that mounts it itself.\n";

    /// <summary>Lines that write a document to a file of the submission's directory.</summary>
    internal static StringBuilder AppendFile(this StringBuilder script, string name, string text) =>
        script.Append(CultureInfo.InvariantCulture, $"\ncat >\"$work/{name}\" <<'{EndOfFile}'\n{text}{EndOfFile}\n");
}
