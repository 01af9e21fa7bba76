using System;
using System.Collections.Generic;

namespace Helios.Ffmpeg;

/// <summary>Input of an ffmpeg.</summary>
internal enum FfmpegInput
{
    None,
    Text,

    /// <summary>Many bytes: the pipe is large.</summary>
    Frames,
}

/// <summary>What an ffmpeg is started for: its command line, and the words for its failures.</summary>
internal sealed record FfmpegCommand
{
    /// <summary>What to do when it answers nothing.</summary>
    internal const string AnswerFix = "run it again; if it stays, look at what ffmpeg says of it";

    internal required IReadOnlyList<string> Arguments { get; init; }

    internal FfmpegInput Input { get; init; }

    /// <summary>The directory that it writes to, to see whether its disk is full; null for none.</summary>
    internal string? Folder { get; init; }

    /// <summary>Subject of the messages.</summary>
    internal string Name { get; init; } = "ffmpeg";

    /// <summary>Completes <c>ffmpeg ended with exit code 1 …</c>.</summary>
    internal required Func<string> Doing { get; init; }

    /// <summary>Completes <c>ffmpeg … for 120 s</c>.</summary>
    internal string Idle { get; init; } = "did nothing";

    /// <summary>Place of a failure; null for the path of the program.</summary>
    internal Func<string>? Where { get; init; }

    /// <summary>What to do after a failure that may pass.</summary>
    internal string Fix { get; init; } = "run it again";

    /// <summary>What to do after a stall; null for <see cref="Fix"/>.</summary>
    internal string? StallFix { get; init; }

    /// <summary>What to do when this ffmpeg lacks something that it was asked for.</summary>
    internal string UnableFix { get; init; } = "install ffmpeg 5.1 or later";

    /// <summary>Stall time-out in ms; null for that of <see cref="FfmpegProgram"/>.</summary>
    internal int? StallTimeout { get; init; }

    /// <summary>
    /// Gets each line of the output, on another thread; none after the end was waited for. Every line is a sign of life then.
    /// Without it the output is read as that of <c>-progress pipe:1</c>.
    /// </summary>
    internal Action<string>? OnOutput { get; init; }

    /// <summary>Likewise of stderr; with <see cref="OnOutput"/> only.</summary>
    internal Action<string>? OnError { get; init; }

    /// <summary>Bytes of an output line that are kept.</summary>
    internal int LongestLine { get; init; } = 400;

    /// <summary>Lines of stderr that are kept for messages.</summary>
    internal int TailLines { get; init; } = 20;

    /// <summary>A question about a file.</summary>
    internal static FfmpegCommand Ask(IReadOnlyList<string> arguments, string file) => new()
    {
        Arguments = arguments,
        Where = () => file,
        Fix = AnswerFix,
        Doing = static () => "when asked of a file",
        Idle = "said nothing of a file",
    };
}
