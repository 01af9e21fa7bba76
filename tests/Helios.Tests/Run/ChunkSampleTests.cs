using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Run.Checks;

namespace Helios.Tests.Run;

internal sealed class ChunkSampleTests
{
    [Test]
    public void It_has_as_many_chunks_as_are_wanted_and_there() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 310], Gen.ULong)
            .Sample((chunks, wanted, seed) => Take(chunks, wanted, seed).Count == int.Min(chunks, wanted));

    [Test]
    public async Task The_same_seed_chooses_the_same_chunks()
    {
        ulong seed = ChunkSample.SeedOf("k3v9x0c2m1qa");

        await Assert.That(Take(1000, 5, seed)).IsEquivalentTo(Take(1000, 5, seed));
        await Assert.That(string.Join(' ', Take(1000, 5, seed))).IsEqualTo("154 271 349 463 698");
    }

    [Test]
    public async Task Every_chunk_has_the_same_chance()
    {
        int[] counts = new int[20];
        for (ulong seed = 0; seed < 20_000; seed++)
            foreach (int chunk in Take(20, 5, seed)) counts[chunk]++;

        await Assert.That(counts.Min()).IsGreaterThan(4700); // 5000 expected; the standard deviation is 61
        await Assert.That(counts.Max()).IsLessThan(5300);
    }

    [Test]
    public async Task The_largest_job_is_no_problem()
    {
        List<int> taken = Take(10_000_000, 3, 4_294_967_295);

        await Assert.That(taken.Count).IsEqualTo(3);
    }

    private static List<int> Take(int chunks, int wanted, ulong seed)
    {
        var sample = new ChunkSample(chunks, wanted, seed);
        return [.. Enumerable.Range(0, chunks).Where(_ => sample.Takes())];
    }
}
