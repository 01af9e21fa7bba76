using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Tests.Support;

namespace Helios.Tests.Merge;

internal sealed class ChunkCheckTests
{
    private const string Abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly JobSpec s_spec = Specs.Spec with { Output = "out.mp4" };
    private static readonly Chunk s_chunk = new() { Id = 1, StartFrame = 2, FrameCount = 2, Output = "temp_j1_part_1.mov" };

    [Test]
    public async Task A_chunk_whose_file_and_receipt_agree_is_complete()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", "abc");
        folder.Add("temp_j1_part_1.mov.json", ReceiptText());

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Complete, ""));
    }

    [Test]
    public async Task A_chunk_of_the_same_job_planned_otherwise_is_wrong()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", "abc");
        folder.Add(
            "temp_j1_part_1.mov.json",
            ReceiptText(specDigest: JobJson.DigestOf(s_spec with { TotalFrames = s_spec.TotalFrames + 1 })));

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, "it was rendered from another version of this job"));
    }

    [Test]
    public async Task Without_a_file_a_chunk_is_missing()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov.json", ReceiptText());

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Missing, "no file"));
    }

    [Test]
    public async Task Without_a_receipt_a_chunk_is_missing()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", "abc");

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Missing, "no receipt: not rendered to its end"));
    }

    [Test]
    [Arguments("ab", "it has 2 bytes, but its receipt says 3", DisplayName = "truncated")]
    [Arguments("", "it has 0 bytes, but its receipt says 3", DisplayName = "empty")]
    [Arguments("abcd", "it has 4 bytes, but its receipt says 3", DisplayName = "longer")]
    [Arguments("abd", "its bytes are not those of its receipt", DisplayName = "bytes changed")]
    public async Task A_file_that_is_not_the_one_of_the_receipt_is_wrong(string bytes, string reason)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", bytes);
        folder.Add("temp_j1_part_1.mov.json", ReceiptText());

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, reason));
    }

    [Test]
    [Arguments("j2", 1, 2, 2, "it is of job j2", DisplayName = "another job")]
    [Arguments("j1", 0, 2, 2, "it is chunk 0", DisplayName = "another chunk")]
    [Arguments("j1", 1, 0, 2, "it holds 2 frames from 0, expected 2 from 2", DisplayName = "another start")]
    [Arguments("j1", 1, 2, 1, "it holds 1 frames from 2, expected 2 from 2", DisplayName = "too few frames")]
    public async Task A_receipt_of_something_else_is_wrong(string jobId, int id, int start, int count, string reason)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", "abc");
        folder.Add("temp_j1_part_1.mov.json", ReceiptText(jobId, id, start, count));

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, reason));
    }

    [Test]
    [Arguments("", "the file is empty", DisplayName = "empty")]
    [Arguments("[]", "the receipt is not an object", DisplayName = "array")]
    public async Task A_broken_receipt_is_wrong(string receipt, string reason)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov", "abc");
        folder.Add("temp_j1_part_1.mov.json", receipt);

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, reason));
    }

    [Test]
    public async Task A_symbolic_link_in_place_of_the_file_is_wrong()
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder["temp_j1_part_1.mov"], folder.Add("elsewhere.mov", "abc"));
        folder.Add("temp_j1_part_1.mov.json", ReceiptText());

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, "a symbolic link is there"));
    }

    [Test]
    public async Task A_link_to_nothing_is_wrong_too()
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder["temp_j1_part_1.mov"], folder["nothing"]);

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, "a symbolic link is there"));
    }

    /// <summary>Another run may remove chunks between two looks at one.</summary>
    [Test]
    public async Task A_file_that_vanishes_meanwhile_is_missing()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j1_part_1.mov.json", ReceiptText());
        bool isDone = false;
        Task other = Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                folder.Add("temp_j1_part_1.mov", "abc");
                File.Delete(folder["temp_j1_part_1.mov"]);
            }
        });

        var states = new HashSet<ChunkState>();
        for (int i = 0; i < 1000; i++) states.Add(new ChunkCheck(s_spec, folder.FullPath, files: null).CheckReceipt(s_chunk).State);
        Volatile.Write(ref isDone, true);
        await other;

        await Assert.That(states).Contains(ChunkState.Missing);
    }

    [Test]
    public async Task A_directory_in_place_of_the_file_is_wrong()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["temp_j1_part_1.mov"]);

        await Assert.That(Check(folder)).IsEqualTo((ChunkState.Wrong, "a directory is there"));
    }

    private static (ChunkState, string) Check(TemporaryDirectory folder) =>
        new ChunkCheck(s_spec, folder.FullPath, files: null).Check(s_chunk);

    private static string ReceiptText(string jobId = "j1", int id = 1, int start = 2, int count = 2, string? specDigest = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"version":1,"jobId":"{{jobId}}","chunkId":{{id}},"startFrame":{{start}},"frameCount":{{count}},"size":3,"digest":"{{Abc}}","specDigest":"{{specDigest ?? JobJson.DigestOf(s_spec)}}","helios":"0","browser":"0","encoder":"0"}"""
        );
}
