using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Os.Files;

namespace Helios.Plan.Rows;

/// <summary>
/// Plans one job for each row of a file. All rows are read and checked before the first job is made; the second reading makes them.
/// Memory does not grow with the rows but by 8 bytes each (<see cref="RowNames"/>).
/// </summary>
/// <param name="request">The request that all rows share: its output is the pattern as typed, its job file that of row 0.</param>
/// <param name="rows">The rows.</param>
/// <param name="currentDirectory">Absolute.</param>
internal sealed class BatchPlanner(JobRequest request, RowFile rows, string currentDirectory)
{
    private readonly OutputPattern _pattern = new(request.Output);
    private ulong _sum;

    /// <summary>Number of rows, from 1; known when they are checked.</summary>
    internal int Count { get; private set; }

    /// <summary>Absolute path of the directory that all outputs are below.</summary>
    internal string OutputDirectory =>
        Path.GetFullPath(_pattern.FixedDirectory.Length == 0 ? "." : _pattern.FixedDirectory, currentDirectory);

    /// <summary>Reads and checks all rows, and plans the first.</summary>
    /// <param name="open">Opens the composition by its absolute path and its name for messages.</param>
    /// <param name="check">Called now and then; may throw to stop.</param>
    /// <returns>A plan that <see cref="Plan"/> varies.</returns>
    /// <exception cref="HeliosException">
    /// 65: a row is wrong, or two have one output; 66: no such file; and as of <see cref="JobPlanner.Plan"/>.
    /// </exception>
    internal JobPlan Check(Func<string, string, Stream> open, Action check)
    {
        var names = new RowNames();
        JobPlan? first = null;
        foreach (Row row in rows.Read())
        {
            check();
            if (row.Id == BatchFolder.MaxRows)
            {
                throw new HeliosException(ExitCode.Invalid, string.Create(CultureInfo.InvariantCulture,
                    $"there are more than {BatchFolder.MaxRows} rows"), rows.Name, "make several batches of them");
            }

            JobRequest own = For(row);
            first ??= JobPlanner.Plan(own with { JobId = null }, currentDirectory, open);
            names.Add(own.Output);
            Count = row.Id + 1;
        }

        _sum = names.Sum;
        CheckId(Count - 1);
        if (names.FindRepeated() is { Count: > 0 } repeated) FindTwice(repeated, check);
        return first!;
    }

    /// <summary>The plan of every row, in order.</summary>
    /// <param name="first">As <see cref="Check"/> returned it.</param>
    /// <exception cref="HeliosException">65: a row's output cannot be written; 75: the rows are others now.</exception>
    internal IEnumerable<JobPlan> Plan(JobPlan first)
    {
        ulong sum = 0;
        int count = 0;
        foreach (Row row in rows.Read())
        {
            JobRequest own = For(row);
            sum += RowNames.HashOf(own.Output);
            if (++count > Count) break;
            yield return Vary(first, own, row);
        }

        if (count != Count || sum != _sum)
        {
            throw new HeliosException(ExitCode.Temporary, "the rows changed while they were read", rows.Name,
                "run it again when nothing writes to the file");
        }
    }

    private JobPlan Vary(JobPlan first, JobRequest own, Row row)
    {
        try
        {
            return JobPlanner.Vary(first, own, currentDirectory);
        }
        catch (HeliosException error) when (error.Code == ExitCode.Usage)
        {
            throw new HeliosException(ExitCode.Invalid, error.What, $"{rows.Where(row)}, {error.Where}", error.Fix, error);
        }
    }

    /// <summary>The request of a row.</summary>
    private JobRequest For(Row row)
    {
        string where = rows.Where(row);
        ReadOnlyMemory<byte> props = RowProps.Merge(request.RenderOptions.Props, row.Fields);
        if (props.Length > Text.JsonTokens.MaxTokenBytes)
        {
            throw new HeliosException(ExitCode.Invalid, "the props of the row are longer than 1 MiB", where,
                "keep large data in a file that the composition fetches");
        }

        return request with
        {
            Output = _pattern.Format(props, where),
            JobId = CheckId(row.Id),
            RenderOptions = request.RenderOptions with { Props = props },
        };
    }

    /// <summary>The id of a row's job where the batch has one: it ends with the row. Otherwise null: the plan names the job.</summary>
    private JobId? CheckId(int row)
    {
        if (request.JobId is not { } id) return null;
        string text = string.Create(CultureInfo.InvariantCulture, $"{id}-{row}");
        return JobId.TryParse(text, out JobId own)
            ? own
            : throw new HeliosException(ExitCode.Usage, $"\"{text}\", the job id of a row, is too long", "--job-id", "give a shorter one");
    }

    /// <summary>Reads the rows again for two with the same name.</summary>
    private void FindTwice(HashSet<ulong> repeated, Action check)
    {
        var seen = new Dictionary<string, (string Output, long Line)>();
        foreach (Row row in rows.Read())
        {
            check();
            string output = For(row).Output;
            if (!repeated.Contains(RowNames.HashOf(output))) continue;
            if (seen.TryAdd(PathRules.KeyOf(output), (output, row.Line))) continue;
            var (other, line) = seen[PathRules.KeyOf(output)];
            string path = ErrorText.Shorten(output);
            string what = other == output ? $"\"{path}\" is the video of" : $"\"{path}\" and \"{ErrorText.Shorten(other)}\" of";
            string end = other == output ? ", too" : " are one file on some hosts";
            throw new HeliosException(ExitCode.Invalid,
                string.Create(CultureInfo.InvariantCulture, $"{what} the row on line {line}{end}"),
                rows.Where(row), "name the videos by a field that no two rows share");
        }
    }
}
