using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Tests.Support;

/// <summary>A receipt with every member, for tests that change one thing in it.</summary>
internal static class Receipts
{
    /// <summary>SHA-256 of <c>abc</c>.</summary>
    internal const string Digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    internal const string Other = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    internal static Seal Seal => new()
    {
        History = "replay",
        BrowserBuild = "0aff12",
        Processor = "x64",
        WebGl = "AuthenticAMD avx2",
        CompositionDigest = Digest,
        FileCount = 3,
        FilesDigest = Other,
        Files =
        [
            new SealedFile { Path = "a.html", Size = 3, Digest = Digest },
            new SealedFile { Path = "gone.json" },
            new SealedFile { Path = "scene.js", Offset = SealedFile.PartSize, Size = 9_000_000, Digest = Other },
        ],
        Responses = [new SealedResponse { Url = "https://example.com/a", Repetition = 1, Status = 200, Digest = Digest }],
        FontSet = Digest,
        Fonts = [new SealedFont { Name = "dejavu/DejaVuSans.ttf", Digest = Other }],
    };

    internal static Receipt Sealed => new()
    {
        Version = 2,
        JobId = "j1",
        ChunkId = 1,
        StartFrame = 2,
        FrameCount = 2,
        Size = 3,
        Digest = Digest,
        SpecDigest = Other,
        Helios = "0.1.0",
        Browser = "HeadlessChrome/156",
        Encoder = "5.1",
        Seal = Seal,
        Seam = new Seam { Before = Digest, Last = Other },
    };

    internal static Chunk Chunk(int id) => new() { Id = id, StartFrame = 2 * id, FrameCount = 2, Output = $"temp_j1_part_{id}.mov" };
}
