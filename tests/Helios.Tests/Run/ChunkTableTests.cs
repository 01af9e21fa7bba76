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
}
