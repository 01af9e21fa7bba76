using System;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Run;

namespace Helios.Cli.Options;

/// <summary>The options --then, --then-optional and --then-timeout, as typed.</summary>
/// <param name="Words">The program and its arguments, separated; null for none.</param>
/// <param name="IsOptional">Whether a failure of the program is a warning.</param>
/// <param name="Timeout">Longest time of the program, seconds.</param>
internal sealed record ThenArguments(string? Words, bool IsOptional, string? Timeout)
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

    private int Seconds => (int)ExportArguments.ReadInteger("--then-timeout", Timeout, 1, LongestTimeout, ThenProgram.DefaultTimeout);

    /// <exception cref="HeliosException">64: an impossible value, or no program.</exception>
    internal void Check()
    {
        _ = Seconds;
        if (Words is null && FindOption() is string option)
            throw CommandLine.Wrong($"{option} needs --then", "name the program with --then");
    }

    /// <summary>The program, which is searched for now: a misspelt name is found before hours of work, not after.</summary>
    /// <param name="warn">Receives that one is missing which is optional.</param>
    /// <exception cref="HeliosException">64: an impossible value; 69: there is no such program.</exception>
    internal ThenProgram? Find(Action<string> warn)
    {
        Check();
        if (Words is null) return null;
        string[] words = Words.Split(CommandLine.Separator);
        try
        {
            var (path, _) = ProgramFinder.FindNamed(words[0], "--then", [], static _ => null,
                "give the path of a program; its arguments follow as --then options of their own")!.Value;
            return new ThenProgram(path, words[1..]) { IsOptional = IsOptional, Timeout = Seconds * 1000 };
        }
        catch (HeliosException error) when (IsOptional && error.Code == ExitCode.Unavailable)
        {
            warn($"{error.What} ({error.Where}); the video is made without it");
            return null;
        }
    }

    private string? FindOption() =>
        Words is not null ? "--then" : IsOptional ? "--then-optional" : Timeout is not null ? "--then-timeout" : null;
}
