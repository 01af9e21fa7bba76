using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

/// <summary>Chunks are files with receipts whose seams are numbers; rendering one again writes the number that it should have.</summary>
internal sealed class ChunkRepairTests
{
    private const int Count = 5;

    private static readonly JobSpec s_spec = Specs.Spec with { Output = "out.mp4", Composition = "a.html" };

    [Test]
    [Arguments(new int[0], "", DisplayName = "all fit")]
    [Arguments(new[] { 0 }, "1 0", DisplayName = "the first: its later neighbour is tried before it")]
    [Arguments(new[] { 2 }, "2", DisplayName = "one in the middle fits on neither side")]
    [Arguments(new[] { 4 }, "4", DisplayName = "the last")]
    [Arguments(new[] { 1, 3 }, "1,2,3", DisplayName = "the one between two odd ones fits on neither side either")]
    public async Task The_chunk_that_does_not_fit_is_rendered_again_once(int[] odd, string rounds)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        for (int id = 0; id < Count; id++) Write(folder, id, odd.Contains(id) ? 1000 : 0);

        List<string> rendered = [];
        Repair(folder, (ids, _) =>
        {
            rendered.Add(string.Join(',', ids));
            foreach (int id in ids) Write(folder, id, 0);
        });

        await Assert.That(string.Join(' ', rendered)).IsEqualTo(rounds);
    }

    [Test]
    public async Task What_cannot_be_repaired_is_tried_once_on_each_side()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        for (int id = 0; id < Count; id++) Write(folder, id, id >= 3 ? 1000 : 0);

        List<string> rendered = [];
        Repair(folder, (ids, hasSeams) => rendered.Add(string.Join(',', ids) + (hasSeams ? " for seams" : "")));

        await Assert.That(string.Join(' ', rendered)).IsEqualTo("3 for seams 2 for seams");
    }

    [Test]
    public async Task A_chunk_whose_files_changed_is_rendered_again()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        for (int id = 0; id < Count; id++) Write(folder, id, 0, id == 3 ? Receipts.Other : Receipts.Digest);

        List<string> rendered = [];
        List<string> said = Repair(folder, (ids, hasSeams) =>
        {
            rendered.Add(string.Join(',', ids) + (hasSeams ? " for seams" : ""));
            foreach (int id in ids) Write(folder, id, 0);
        });

        await Assert.That(string.Join(' ', rendered)).IsEqualTo("3");
        await Assert.That(string.Join('\n', said)).IsEqualTo("helios: chunk 3 is rendered again: a.html has changed since it was rendered");
    }

    [Test]
    public async Task Where_a_mixture_is_allowed_seams_are_left_as_they_are()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        for (int id = 0; id < Count; id++) Write(folder, id, id == 2 ? 1000 : 0);

        List<string> rendered = [];
        Repair(folder, (ids, _) => rendered.Add(string.Join(',', ids)), allowsMixed: true);

        await Assert.That(rendered).IsEmpty();
    }

    [Test]
    public async Task Numbers_of_the_run_do_not_count_a_chunk_twice()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        for (int id = 0; id < Count; id++)
            Write(folder, id, id == 2 ? 1000 : 0);
        var status = new RunStatus
        {
            JobId = "j1",
            Output = "out.mp4",
            TotalChunks = Count,
            TotalFrames = 10,
            ReusedChunks = 3,
            ReusedFrames = 6,
        };

        Repair(folder, (ids, _) => Write(folder, ids[0], 0), status: status);

        await Assert.That((status.ReusedChunks, status.ReusedFrames)).IsEqualTo((2, 4L));
    }

    private static List<string> Repair(
        TemporaryDirectory folder,
        Action<int[], bool> render,
        bool allowsMixed = false,
        RunStatus? status = null)
    {
        var chunks = new ChunkTable(ChunkFileNames.For(s_spec));
        for (int id = 0; id < Count; id++) chunks.Add(Receipts.Chunk(id));
        var said = new List<string>();
        using var interrupts = new Interrupts();
        var settings = new RunSettings
        {
            Directory = folder.FullPath,
            JobFile = "",
            WorkerOptions = [],
            Workers = 1,
            Retries = 0,
            SilenceLimit = 1,
            MakeWorkerSettings = static () => throw new InvalidOperationException("no worker is started"),
            Encoder = null,
            AllowsMixed = allowsMixed,
            Interrupts = interrupts,
            Progress = new Listener(said),
        };
        status ??= new RunStatus { JobId = "j1", Output = "out.mp4", TotalChunks = Count, TotalFrames = 10 };
        new ChunkRepair(s_spec, chunks, settings, status).Repair([], render);
        return said;
    }

    private static void Write(TemporaryDirectory folder, int id, int shift, string pageDigest = Receipts.Digest)
    {
        Chunk chunk = Receipts.Chunk(id);
        folder.Add(chunk.Output, "abc");
        Receipt receipt = Receipts.Sealed with
        {
            ChunkId = id,
            StartFrame = chunk.StartFrame,
            SpecDigest = JobJson.DigestOf(s_spec),
            Seal = Receipts.Seal with
            {
                Files =
                [
                    new SealedFile
                    {
                        Path = "a.html",
                        Size = 3,
                        Digest = pageDigest,
                    },
                ],
            },
            Seam = new Seam
            {
                Before = id == 0 ? null : DigestOf(chunk.StartFrame - 1 + shift),
                Last = DigestOf(chunk.StartFrame + 1 + shift),
            },
        };
        File.WriteAllBytes(folder[Receipt.PathOf(chunk.Output)], ReceiptDocument.ToText(receipt).ToArray());
    }

    private static string DigestOf(long frame) => $"sha256:{frame:x64}";

    private sealed class Listener(List<string> said) : ProgressSink
    {
        internal override void Report(ProgressEvent happened)
        {
            if (happened is Warned warning) said.Add(warning.Text);
        }
    }
}
