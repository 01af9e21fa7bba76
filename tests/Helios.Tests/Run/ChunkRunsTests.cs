using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Run;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Run;

/// <summary>Chunks are shared out so that a worker goes on in its page, and none waits while there is work.</summary>
internal sealed class ChunkRunsTests
{
    private static readonly ChunkFileNames s_names = ChunkFileNames.For(Specs.Spec);
    private static readonly object[] s_workers = [.. Enumerable.Range(0, 6).Select(static _ => new object())];

    [Test]
    public async Task Each_worker_has_neighbours_and_the_parts_are_equal()
    {
        ChunkRuns runs = Make([0, 1, 2, 3, 4, 5], [10, 10, 10, 10, 10, 10], workers: 3);

        await Assert.That(Take(runs, "abcabc")).IsEqualTo("0 2 4 1 3 5");
        await Assert.That(runs.IsEmpty).IsTrue();
        await Assert.That(runs.Take(s_workers[0])).IsNull();
    }

    [Test]
    public async Task Who_has_none_left_takes_half_of_the_longest_run()
    {
        ChunkRuns runs = Make([0, 1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 1, 1, 1, 1, 1], workers: 2);

        await Assert.That(Take(runs, "abbbbb")).IsEqualTo("0 4 5 6 7 2");
        await Assert.That(Take(runs, "bba")).IsEqualTo("3 1 -");
    }

    [Test]
    public async Task A_gap_ends_a_run()
    {
        ChunkRuns runs = Make([0, 1, 5, 6], [1, 1, 1, 1], workers: 1);

        await Assert.That(Take(runs, "ab")).IsEqualTo("0 5");
    }

    [Test]
    public async Task What_a_lost_worker_had_goes_to_others_as_a_whole()
    {
        ChunkRuns runs = Make([0, 1, 2, 3], [1, 1, 1, 1], workers: 1);
        _ = runs.Take(s_workers[0]);

        runs.Release(s_workers[0]);

        await Assert.That(Take(runs, "bbb")).IsEqualTo("1 2 3");
    }

    [Test]
    public void Every_chunk_is_given_out_once_whoever_asks() =>
        Gen.Select(Gen.Int[0, 30].HashSet[0, 20], Gen.Int[1, 50].Array[31], Gen.Int[1, 6], Gen.Int[0, 5].Array[60])
            .Sample(
                (ids, lengths, workers, asking) =>
                {
                    int[] pending = [.. ids.Order()];
                    ChunkRuns runs = Make(pending, lengths, workers);
                    var given = new List<int>();
                    foreach (int who in asking)
                    {
                        if (runs.Take(s_workers[who]) is int id)
                            given.Add(id);
                        else if (given.Count < pending.Length)
                            return false; // nobody waits while there is work
                    }

                    return given.Count == pending.Length && given.Order().SequenceEqual(pending) && runs.IsEmpty;
                });

    private static string Take(ChunkRuns runs, string workers) =>
        string.Join(' ', workers.Select(worker => runs.Take(s_workers[worker - 'a'])?.ToString(CultureInfo.InvariantCulture) ?? "-"));

    private static ChunkRuns Make(int[] ids, int[] lengths, int workers)
    {
        var chunks = new ChunkTable(s_names);
        long start = 0;
        for (int id = 0; id <= ids.DefaultIfEmpty(-1).Max(); id++)
        {
            int length = id < lengths.Length ? lengths[id] : 1;
            chunks.Add(new Chunk { Id = id, StartFrame = start, FrameCount = length, Output = s_names[id] });
            start += length;
        }

        return new ChunkRuns(ids, chunks.FramesOf, workers);
    }
}
