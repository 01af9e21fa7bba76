using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Tests.Support;
using Helios.Transfer;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Transfer;

internal sealed class StoredChunksTests
{
    private static readonly JobSpec s_spec = Specs.Spec with { Output = "out.mp4" };
    private static readonly Chunk s_chunk = new() { Id = 1, StartFrame = 2, FrameCount = 2, Output = "temp_j1_part_1.mov" };
    private static readonly Receipt s_receipt = Receipts.Sealed with { Digest = Specs.Digest };
    private static readonly string s_file = ChunkNames.OfFile(s_chunk.Output, Specs.Digest);

    /// <summary>Another worker of the chunk has put its file and receipt between the list and the fetching of receipts.</summary>
    [Test]
    public async Task A_file_that_came_after_the_list_is_found()
    {
        int lists = 0;
        List<StoreObject> before = [new("temp_j1_part_1.0000000000000000.mov", 7), new("temp_j1_part_1.mov.json", 9)];
        var chunks = new StoredChunks(s_spec, before, () =>
        {
            lists++;
            return [.. before, new(s_file, 8)];
        });

        await Assert.That(chunks.FindSize(s_chunk, s_receipt)).IsEqualTo(8);
        await Assert.That(chunks.FindSize(s_chunk, s_receipt)).IsEqualTo(8);
        await Assert.That((lists, chunks.All.Count, chunks.Receipts.Count)).IsEqualTo((1, 3, 1));
    }

    [Test]
    public async Task A_file_that_is_missing_is_looked_for_once_more_and_not_for_each_chunk()
    {
        int lists = 0;
        var chunks = new StoredChunks(s_spec, [], () =>
        {
            lists++;
            return [];
        });

        await Assert.That(chunks.FindSize(s_chunk, s_receipt)).IsNull();
        await Assert.That(chunks.FindSize(s_chunk, s_receipt)).IsNull();
        await Assert.That(lists).IsEqualTo(1);
    }
}
