using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// Seams do not exist: whatever the number of chunks, the frames of the merged video, their times and their number are
/// those of a render in one piece. Three pages go through the whole matrix, the others through a split that leaves a rest;
/// HELIOS_SEAMS=all takes the matrix for all.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(300_000)]
public sealed class SeamTests(NativeBinary helios)
{
    private const int Frames = 15;

    private static readonly string s_folder = Path.Combine(Repository.Project, "Pages");

    private static readonly bool s_isWhole = Environment.GetEnvironmentVariable("HELIOS_SEAMS") == "all";

    private static readonly string[] s_whole = ["raf-accumulating.html", "css-keyframes.html", "transitions.html"];

    /// <summary>Each stands for a way in which a page can remember: timers, scripts' state, raster, media, hooks.</summary>
    private static readonly string[] s_selection =
    [
        "timers.html", "will-change-scaling.html", "gif-animation.html", "canvas-2d.html", "helios-hooks.html", "timelines.html",
        "waapi.html", "closed-shadow.html",
    ];

    private static readonly string[] s_matrix = ["--shards 2", "--shards 7 --split even", "--chunk-frames 1"];

    public static IEnumerable<string> Pages() =>
        s_isWhole ? DeterminismTests.PageNames().Concat(Examples()) : s_whole.Concat(s_selection).Concat(Examples());

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task The_frames_of_the_video_do_not_depend_on_the_split(string page)
    {
        using var directory = new TestDirectory();
        IReadOnlyList<(long Time, string Digest)> whole = await RenderAsync(directory, page, "--shards 1");
        string[] splits = s_isWhole || s_whole.Contains(page) ? s_matrix : ["--shards 4"];

        List<string> differences = [];
        foreach (string split in splits)
        {
            IReadOnlyList<(long Time, string Digest)> frames = await RenderAsync(directory, page, split);
            if (!frames.SequenceEqual(whole))
            {
                IEnumerable<int> wrong = Enumerable.Range(0, Math.Min(frames.Count, whole.Count)).Where(i => frames[i] != whole[i]);
                differences.Add($"{split}: frames {string.Join(", ", wrong)} of {frames.Count} differ");
            }
        }

        await Assert.That(whole.Count).IsEqualTo(Frames);
        await Assert.That(whole.Select(frame => frame.Digest).Distinct().Count()).IsGreaterThan(2);
        await Assert.That(string.Join('\n', differences)).IsEqualTo("");
    }

    /// <summary>Digests of the frames of the merged video, which is lossless and RGB.</summary>
    private async Task<IReadOnlyList<(long Time, string Digest)>> RenderAsync(TestDirectory directory, string page, string split)
    {
        string path = page.StartsWith("examples/", StringComparison.Ordinal) ? Repository.PathOf(page) : Path.Combine(s_folder, page);
        // it has its size from its attributes
        string[] size = page == "examples/hyperframes/composition.html" ? ["1920", "1080"] : ["320", "180"];
        string[] words =
        [
            "render", path, "-o", "x.mkv", "--video-codec", "ffv1", "--pixel-format", "bgr0", "--width",
            size[0],
            "--height",
            size[1],
            "--fps", "30000/1001", "--frames", $"{Frames}", "--audio-codec", "none", "--no-probe", "-q",
            .. split.Split(' '),
            .. page == "gsap.html" ? (string[])["--root", Repository.Project] : [],
        ];
        (await helios.Run(words).In(directory).WithEnvironment("PATH", KnownEncoder.PathWithIt)).Succeeded();
        return await Video.HashAsync(directory.PathOf("x.mkv"));
    }

    /// <summary>But for the one whose library npm installs first, which ExampleRenderTests renders.</summary>
    private static IEnumerable<string> Examples() =>
        Directory
            .EnumerateDirectories(Repository.PathOf("examples"))
            .Where(folder => Path.GetFileName(folder) != "three")
            .Select(folder => $"examples/{Path.GetFileName(folder)}/composition.html")
            .Order(StringComparer.Ordinal);
}
