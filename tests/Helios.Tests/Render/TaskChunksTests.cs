using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Errors;
using Helios.Render;
using Helios.Tests.Support;

namespace Helios.Tests.Render;

internal sealed class TaskChunksTests
{
    private const string Index = "HELIOS_CHUNK_INDEX";
    private const string PerTask = "HELIOS_CHUNKS_PER_TASK";

    [Test]
    [Arguments("0", "1", 0, 1, DisplayName = "first task of one chunk each")]
    [Arguments("0", "8", 0, 8, DisplayName = "first task of eight chunks each")]
    [Arguments("6", "8", 48, 8, DisplayName = "seventh task of eight chunks each")]
    [Arguments("6", "", 6, 1, DisplayName = "an empty number is one")]
    [Arguments("0", "10000000", 0, 10_000_000, DisplayName = "one task for everything")]
    [Arguments("9999999", "1", 9_999_999, 1, DisplayName = "last task")]
    [Arguments("4999999", "2", 9_999_998, 2, DisplayName = "last task of two chunks each")]
    public async Task A_task_begins_where_the_one_before_ends(string index, string perTask, int first, int count) =>
        await Assert.That(Find(null, (Index, index), (PerTask, perTask))).IsEqualTo(new TaskChunks(first, count, Index));

    [Test]
    public async Task An_engine_that_counts_from_1_begins_at_chunk_0() =>
        await Assert.That(Find(null, ("SGE_TASK_ID", "1"), (PerTask, "8"))).IsEqualTo(new TaskChunks(0, 8, "SGE_TASK_ID"));

    [Test]
    public async Task The_option_names_one_chunk_and_not_a_task() =>
        await Assert.That(Find("2", (Index, "5"), (PerTask, "8"))).IsEqualTo(new TaskChunks(2, 1, "--index"));

    [Test]
    [Arguments(null, DisplayName = "nothing is set")]
    [Arguments("1", DisplayName = "one chunk each")]
    public async Task A_job_of_one_chunk_needs_no_index(string? perTask) =>
        await Assert.That(perTask is null ? Find(null) : Find(null, (PerTask, perTask))).IsEqualTo(new TaskChunks(null, 1, ""));

    [Test]
    public async Task Several_chunks_without_an_index_are_refused() =>
        await Assert
            .That(Refusal.TextOf(() => Find(null, (PerTask, "8"))))
            .IsEqualTo(
                "64: HELIOS_CHUNKS_PER_TASK is 8, but nothing says which task this is (environment); set HELIOS_CHUNK_INDEX, or give --index for one chunk"
            );

    [Test]
    [Arguments("5000000", "2",
        "64: task 5000000 of 2 chunks each begins at chunk 10000000, beyond every job (HELIOS_CHUNK_INDEX); submit fewer tasks",
        DisplayName = "just beyond")]
    [Arguments("9999999", "10000000",
        "64: task 9999999 of 10000000 chunks each begins at chunk 99999990000000, beyond every job (HELIOS_CHUNK_INDEX); submit fewer tasks",
        DisplayName = "beyond 32 bits")]
    public async Task A_task_beyond_every_job_is_refused(string index, string perTask, string refusal) =>
        await Assert.That(Refusal.TextOf(() => Find(null, (Index, index), (PerTask, perTask)))).IsEqualTo(refusal);

    [Test]
    [Arguments("0", DisplayName = "none")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("x", DisplayName = "text")]
    [Arguments("1.5", DisplayName = "decimal")]
    [Arguments("10000001", DisplayName = "more than any job has")]
    public async Task What_is_no_number_of_chunks_is_refused(string perTask)
    {
        HeliosException refusal = Refusal.Of(() => Find(null, (Index, "0"), (PerTask, perTask)));

        await Assert.That((refusal.Code, refusal.Where, refusal.Fix)).IsEqualTo((ExitCode.Usage, PerTask, "give a whole number from 1"));
    }

    [Test]
    public void Tasks_share_out_every_chunk_once() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 30]).Sample((chunks, perTask) =>
        {
            int tasks = (chunks + perTask - 1) / perTask;

            IEnumerable<int> rendered = Enumerable.Range(0, tasks)
                .Select(task => Find(null, (Index, Text(task)), (PerTask, Text(perTask))))
                .SelectMany(task => Enumerable.Range(task.First!.Value, task.Count))
                .Where(chunk => chunk < chunks); // the last task may have fewer

            return rendered.SequenceEqual(Enumerable.Range(0, chunks));
        }, iter: 200);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static TaskChunks Find(string? option, params (string Name, string Value)[] variables) =>
        TaskIndex.FindChunks(option, name => Array.Find(variables, variable => variable.Name == name).Value);
}
