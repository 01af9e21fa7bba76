using System;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Merge;
using Helios.Os;

namespace Helios.Cli.Options;

/// <summary>Typed arguments of merge-chunks.</summary>
internal sealed record MergeArguments
{
    internal string? Root { get; init; }

    internal string? Ffmpeg { get; init; }

    internal bool AllowsMixed { get; init; }

    internal bool AllowsChanged { get; init; }

    internal bool DeletesChunks { get; init; }

    /// <exception cref="HeliosException">69: no encoder.</exception>
    internal MergeSettings ToSettings(string directory, Interrupts interrupts, Action<string> warn) => new()
    {
        Directory = directory,
        EncoderPath = EncoderFinder.Find(Ffmpeg),
        Root = Root,
        AllowsMixed = AllowsMixed,
        AllowsChanged = AllowsChanged,
        DeletesChunks = DeletesChunks,
        Interrupts = interrupts,
        Warn = warn,
    };
}
