using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

internal sealed class ChunkTableTests
{
    private static readonly ChunkFileNames s_names = ChunkFileNames.For(Specs.Spec);

    [Test]
    public async Task Chunks_come_out_as_they_went_in()
    {
        Chunk[] chunks =
        [
            new() { Id = 0, StartFrame = 7, FrameCount = 2, Output = s_names[0] },
            new() { Id = 1, StartFrame = 9, FrameCount = 1_000_000_000, Output = "/srv/spots/other.mov" },
        ];
        var table = new ChunkTable(s_names);
        foreach (Chunk chunk in chunks) table.Add(chunk);

        await Assert.That(Enumerable.Range(0, table.Count).Select(id => table.Get(id))).IsEquivalentTo(chunks);
    }

    [Test]
    [Arguments("0+10 10+10 20+10", "2 1 0", DisplayName = "of equal ones the latest first, it has the longest way to go")]
    [Arguments("0+5 5+10 15+3", "1 0 2", DisplayName = "the longest first")]
    [Arguments("0+4 4+4 8+4 12+1", "2 1 0 3", DisplayName = "a rest at the end")]
    [Arguments("100+5 105+4", "0 1", DisplayName = "a job inside a piece")]
    public async Task The_order_is_by_cost(string ranges, string order)
    {
        var table = new ChunkTable(s_names);
        foreach (long[] range in ranges.Split(' ').Select(range => range.Split('+').Select(long.Parse).ToArray()))
            table.Add(new Chunk { Id = table.Count, StartFrame = range[0], FrameCount = range[1], Output = s_names[table.Count] });
        int[] ids = [.. Enumerable.Range(0, table.Count)];

        table.SortLongestFirst(ids);

        await Assert.That(string.Join(' ', ids)).IsEqualTo(order);
    }
}
