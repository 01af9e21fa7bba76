using System;
using System.Collections.Generic;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Run;

namespace Helios.Cli.Options;

/// <summary>The options --then, --then-optional and --then-timeout, as typed. Not a record, as <see cref="AdapterArguments"/>.</summary>
/// <param name="program">The program and its arguments, separated; null for none.</param>
/// <param name="isOptional">Whether a failure of the program is a warning.</param>
/// <param name="timeout">Longest time of the program, seconds.</param>
internal sealed class ThenArguments(string? program, bool isOptional, string? timeout)
{
    private const int LongestTimeout = 86_400;

    /// <summary>The options that other commands have from merge-chunks.</summary>
    internal static ThenArguments From(OptionValues given) => new(given["--then"], given.Has("--then-optional"), given["--then-timeout"]);

    /// <summary>Refuses the options where no video is merged.</summary>
    /// <param name="kind">Completes <c>--then is for a video, not for …</c>.</param>
    /// <exception cref="HeliosException">64: one of them was given.</exception>
    internal void Refuse(string kind)
    {
        if (FindOption() is string option) throw CommandLine.Wrong($"{option} is for the video of a job, not for {kind}", "leave it out");
    }

    private int Seconds => (int)ExportArguments.ReadInteger("--then-timeout", timeout, 1, LongestTimeout, ThenProgram.DefaultTimeout);

    /// <exception cref="HeliosException">64: an impossible value, or no program.</exception>
    internal void Check()
    {
        _ = Seconds;
        if (program is null && FindOption() is string option)
            throw CommandLine.Wrong($"{option} needs --then", "name the program with --then");
    }

    /// <summary>The program, which is searched for now: a misspelt name is found before hours of work, not after.</summary>
    /// <param name="warn">Receives a warning when an optional program is missing.</param>
    /// <exception cref="HeliosException">64: an impossible value; 69: there is no such program.</exception>
    internal ThenProgram? Find(Action<string> warn)
    {
        Check();
        if (program is null) return null;
        string[] words = program.Split(CommandLine.Separator);
        try
        {
            var (path, _) = ProgramFinder.FindNamed(words[0], "--then", [], static _ => null,
                "give the path of a program; its arguments follow as --then options of their own")!.Value;
            return new ThenProgram(path, words[1..]) { IsOptional = isOptional, Timeout = Seconds * 1000 };
        }
        catch (HeliosException error) when (isOptional && error.Code == ExitCode.Unavailable)
        {
            warn($"{error.What} ({error.Where}); the video is made without it");
            return null;
        }
    }

    /// <summary>The same options for another command line; the machine that runs it has the program.</summary>
    /// <exception cref="HeliosException">64: as of <see cref="Check"/>.</exception>
    internal string[] ToOptions()
    {
        Check();
        var options = new List<string>();
        foreach (string word in program?.Split(CommandLine.Separator) ?? [])
        {
            if (word[0] == '-')
            {
                options.Add("--then=" + word);
                continue;
            }

            options.Add("--then");
            options.Add(word);
        }

        if (isOptional) options.Add("--then-optional");
        if (timeout is not null)
        {
            options.Add("--then-timeout");
            options.Add(timeout);
        }

        return [.. options];
    }

    private string? FindOption() =>
        program is not null ? "--then" : isOptional ? "--then-optional" : timeout is not null ? "--then-timeout" : null;
}
