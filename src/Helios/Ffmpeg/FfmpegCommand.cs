using System;
using System.Collections.Generic;

namespace Helios.Ffmpeg;

/// <summary>Standard input of ffmpeg.</summary>
internal enum FfmpegInput
{
    None,
    Text,

    /// <summary>Many bytes: the pipe is large.</summary>
    Frames,
}

/// <summary>The command line of an ffmpeg, and the wording of its failures.</summary>
internal sealed record FfmpegCommand
{
    /// <summary>Advice for a query without an answer.</summary>
    internal const string AnswerFix = "run it again; if it happens again, look at what ffmpeg says of it";

    internal required IReadOnlyList<string> Arguments { get; init; }

    internal FfmpegInput Input { get; init; }

    /// <summary>The directory that it writes to, to check whether its disk is full; null for none.</summary>
    internal string? Folder { get; init; }

    /// <summary>Subject of the messages.</summary>
    internal string Name { get; init; } = "ffmpeg";

    /// <summary>Completes <c>ffmpeg ended with exit code 1 …</c>.</summary>
    internal required Func<string> Doing { get; init; }

    /// <summary>Completes <c>ffmpeg … for 120 s</c>.</summary>
    internal string Idle { get; init; } = "did nothing";

    /// <summary>Location of a failure; null for the path of the program.</summary>
    internal Func<string>? Where { get; init; }

    /// <summary>Advice after a temporary failure.</summary>
    internal string Fix { get; init; } = "run it again";

    /// <summary>Advice after a stall; null for <see cref="Fix"/>.</summary>
    internal string? StallFix { get; init; }

    /// <summary>Advice when this ffmpeg lacks a requested feature.</summary>
    internal string UnableFix { get; init; } = "install ffmpeg 5.1 or later";

    /// <summary>Stall time-out in ms; null for that of <see cref="FfmpegProgram"/>.</summary>
    internal int? StallTimeout { get; init; }

    /// <summary>
    /// Receives each line of the output, on another thread; none after the wait for its end. Every line is then a sign of life.
    /// Without this, the output is parsed as that of <c>-progress pipe:1</c>.
    /// </summary>
    internal Action<string>? OnOutput { get; init; }

    /// <summary>The same for stderr; with <see cref="OnOutput"/> only.</summary>
    internal Action<string>? OnError { get; init; }

    /// <summary>Bytes of an output line that are kept.</summary>
    internal int LongestLine { get; init; } = 400;

    /// <summary>Lines of stderr that are kept for messages.</summary>
    internal int TailLines { get; init; } = 20;

    /// <summary>A query about a file.</summary>
    internal static FfmpegCommand Ask(IReadOnlyList<string> arguments, string file) => new()
    {
        Arguments = arguments,
        Where = () => file,
        Fix = AnswerFix,
        Doing = static () => "when asked of a file",
        Idle = "said nothing of a file",
    };
}
