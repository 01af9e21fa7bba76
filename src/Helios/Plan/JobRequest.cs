using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;

namespace Helios.Plan;

/// <summary>A request for export-job, as validated values.</summary>
internal sealed record JobRequest
{
    /// <summary>Path, <c>file://</c> or <c>http(s)://</c> URL, as typed.</summary>
    internal required string Composition { get; init; }

    /// <summary>Path of the final video, as typed.</summary>
    internal required string Output { get; init; }

    internal required FrameRange Frames { get; init; }

    internal required ChunkSplit Split { get; init; }

    /// <summary>Number of shards, of frames per chunk, or of microseconds.</summary>
    internal required long SplitNumber { get; init; }

    /// <summary>Predicted costs: typed or measured; the splits that need them have them.</summary>
    internal ChunkCost? Cost { get; init; }

    internal required RenderOptions RenderOptions { get; init; }

    /// <summary>
    /// Null: derived from what is rendered and where to, so that the same command resumes a run that was killed, and a different
    /// command does not touch its files.
    /// </summary>
    internal required JobId? JobId { get; init; }

    /// <summary>Audio files with their paths as typed, and without digests.</summary>
    internal IReadOnlyList<AudioTrack> Audio { get; init; } = [];

    /// <summary>Directory that the page may read, as typed; null: the one where what it names is.</summary>
    internal string? Root { get; init; }

    /// <summary>Directory of font files as typed; null: a directory <c>fonts</c> next to the composition, if there is one.</summary>
    internal string? Fonts { get; init; }

    /// <summary>Server that serves the current directory; null to use the file itself.</summary>
    internal string? BaseUrl { get; init; }

    /// <summary>Destination of the spec; null for stdout.</summary>
    internal string? JobFile { get; init; }

    /// <summary>Whether paths are written relative to the job file.</summary>
    internal bool IsPortable { get; init; }

    /// <summary>A path as the job spec has it: relative to the job file in a portable job.</summary>
    /// <param name="full">Absolute path.</param>
    /// <param name="jobDirectory">Absolute; base of relative paths.</param>
    /// <param name="what">The rule that a portable job breaks with a path outside of that directory, for the message.</param>
    /// <param name="option">The option that named the path.</param>
    /// <param name="above">What the job file has to be put above.</param>
    /// <exception cref="HeliosException">64: the job is portable and the path outside of its directory.</exception>
    internal string ToSpecPath(string full, string jobDirectory, string what, string option, string above = "it")
    {
        if (!IsPortable) return JobPaths.ToSlashes(full);
        string path = JobPaths.ToSlashes(Path.GetRelativePath(jobDirectory, full));
        if (path != ".." && !path.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(path)) return path;
        throw new HeliosException(ExitCode.Usage, "with --portable " + what, option,
            $"put the job file above {above}, or leave --portable out");
    }
}
