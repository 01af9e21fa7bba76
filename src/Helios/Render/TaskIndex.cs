using System;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Text;

namespace Helios.Render;

/// <summary>
/// The index of this task, as reported by the engine that started it: names and bases of the index variables of batch engines
/// (sources: each engine's documentation; the README lists them).
/// </summary>
internal static class TaskIndex
{
    /// <summary>The neutral variable. It takes precedence over every engine's.</summary>
    internal const string Neutral = "HELIOS_CHUNK_INDEX";

    /// <summary>The value of <c>--index</c> for indices that come from standard input.</summary>
    internal const string Standard = "-";

    /// <summary>Number of chunks that one task renders, for jobs with more chunks than the engine's array limit.</summary>
    internal const string ChunksPerTask = "HELIOS_CHUNKS_PER_TASK";

    /// <summary>An engine's variable. <c>First</c> is the index of its first task; <c>Absent</c> its value outside an array.</summary>
    private readonly record struct Variable(string Name, int First, string? Absent);

    private static readonly Variable[] s_variables =
    [
        new("AWS_BATCH_JOB_ARRAY_INDEX", 0, null),
        new("JOB_COMPLETION_INDEX", 0, null), // Kubernetes Indexed Job
        new("BATCH_TASK_INDEX", 0, null), // Google Cloud Batch
        new("CLOUD_RUN_TASK_INDEX", 0, null),
        new("SLURM_ARRAY_TASK_ID", 0, null),
        new("NOMAD_ALLOC_INDEX", 0, null),
        new("CUE_IFRAME", 0, null), // OpenCue
        new("PBS_ARRAY_INDEX", 0, null), // PBS Pro, OpenPBS
        new("PBS_ARRAYID", 0, null), // TORQUE
        new("LSB_JOBINDEX", 1, "0"), // LSF: arrays begin at 1, 0 means none
        new("SGE_TASK_ID", 1, "undefined"), // Grid Engine
    ];

    /// <summary>The task index and the variable it came from, or null when no variable is set.</summary>
    /// <param name="environment">Value of a variable, null when unset.</param>
    /// <exception cref="HeliosException">64: not a number, or two engines' variables disagree.</exception>
    internal static (int Index, string Source)? Find(Func<string, string?> environment)
    {
        if (environment(Neutral) is string neutral) return (Parse(new Variable(Neutral, 0, null), neutral), Neutral);

        (int Index, string Source)? found = null;
        foreach (Variable variable in s_variables)
        {
            string? value = environment(variable.Name);
            if (string.IsNullOrEmpty(value) || value == variable.Absent) continue;
            int index = Parse(variable, value);
            if (found is { } other && other.Index != index)
            {
                throw new HeliosException(ExitCode.Usage,
                    string.Create(CultureInfo.InvariantCulture,
                        $"{other.Source} says chunk {other.Index}, but {variable.Name} says chunk {index}"),
                    "environment", $"set {Neutral} or --index to the one that is meant");
            }

            found ??= (index, variable.Name);
        }

        return found;
    }

    /// <summary>The index of the one chunk to show: <c>--index</c>, otherwise from the environment; null when neither is given.</summary>
    /// <exception cref="HeliosException">64: not an index, or the task has several chunks.</exception>
    internal static (int? Index, string Source) FindChunk(string? option, Func<string, string?> environment)
    {
        if (option is not null) return (ParseLine(option), "--index");
        if (environment(ChunksPerTask) is { Length: > 0 } perTask && perTask != "1")
        {
            _ = ReadChunksPerTask(environment);
            throw new HeliosException(ExitCode.Usage,
                $"{ChunksPerTask} is {perTask}, so the task has several chunks, and one is shown at a time",
                "environment", "say which with --index");
        }

        return Find(environment) is { } found ? (found.Index, found.Source) : (null, "");
    }

    /// <summary>
    /// The chunks of this task: the one of <c>--index</c> or those that standard input tells, otherwise as many as
    /// <see cref="ChunksPerTask"/> says, starting at this task's first.
    /// </summary>
    /// <exception cref="HeliosException">
    /// 64: not an index, not a number of chunks, or a task of several chunks without an index.
    /// </exception>
    internal static TaskChunks FindChunks(string? option, Func<string, string?> environment)
    {
        if (option == Standard) return new(null, int.MaxValue, "standard input", IsRead: true);
        if (option is not null) return new(ParseLine(option), 1, "--index");
        (int Index, string Source)? found = Find(environment);
        int perTask = ReadChunksPerTask(environment);
        if (found is null)
        {
            return perTask == 1
                ? new(null, 1, "")
                : throw new HeliosException(ExitCode.Usage, $"{ChunksPerTask} is {perTask}, but nothing says which task this is",
                    "environment", $"set {Neutral}, or give --index for one chunk");
        }

        long first = (long)found.Value.Index * perTask;
        if (first < ChunkPlan.MaxChunks) return new((int)first, perTask, found.Value.Source);
        throw new HeliosException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture,
            $"task {found.Value.Index} of {perTask} chunks each begins at chunk {first}, beyond every job"),
            found.Value.Source, "submit fewer tasks");
    }

    /// <summary>An index as it is typed.</summary>
    /// <exception cref="HeliosException">64: not an index.</exception>
    internal static int ParseLine(string text) => Parse(new Variable("--index", 0, null), text);

    /// <summary>1 when the variable is unset or empty.</summary>
    private static int ReadChunksPerTask(Func<string, string?> environment)
    {
        if (environment(ChunksPerTask) is not { Length: > 0 } text) return 1;
        return DecimalText.TryParseDigits(text, out long count) && count is >= 1 and <= ChunkPlan.MaxChunks
            ? (int)count
            : throw new HeliosException(ExitCode.Usage, $"\"{text}\" is not a number of chunks", ChunksPerTask,
                "give a whole number from 1");
    }

    private static int Parse(Variable variable, string value)
    {
        if (DecimalText.TryParseDigits(value, out long number) && number >= variable.First && number - variable.First < ChunkPlan.MaxChunks)
            return (int)number - variable.First;
        throw new HeliosException(ExitCode.Usage, $"\"{value}\" is not an index", variable.Name,
            string.Create(CultureInfo.InvariantCulture, $"give a whole number from {variable.First}"));
    }
}
