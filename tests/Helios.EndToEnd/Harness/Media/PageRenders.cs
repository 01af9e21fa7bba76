using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core;

namespace Helios.EndToEnd.Harness.Media;

/// <summary>Chunks of the pages of Pages/ without loss, in RGB, since a conversion to YUV would swallow small differences.</summary>
public static class PageRenders
{
    /// <summary>Of a whole page, at 30 a second.</summary>
    internal const int Frames = 24;

    private const string Props = """{"title":"given","color":"#4f8","speed":300}""";

    /// <summary>Renders of whole pages, which more than one test compares with: made by the first of them.</summary>
    private static readonly ConcurrentDictionary<(string Page, string Capture), Lazy<Task<string>>> s_wholes = new();

    private static readonly Lazy<TestDirectory> s_kept = new(() => new TestDirectory("wholes"));

    internal static string Folder { get; } = Path.Combine(Repository.Project, "Pages");

    /// <summary>Of pages with a transparent background.</summary>
    internal static bool HasAlpha(string page) => page.StartsWith("alpha", StringComparison.Ordinal);

    /// <summary>Capture by canvas is for one canvas element.</summary>
    internal static string[] ModeOf(string capture) => capture == "canvas" ? ["--mode", "canvas"] : [];

    /// <summary>The file of a page that was rendered in one chunk.</summary>
    internal static Task<string> WholeAsync(NativeBinary helios, string page, string capture) =>
        s_wholes
            .GetOrAdd((page, capture), _ => new Lazy<Task<string>>(async () =>
            {
                using var directory = new TestDirectory();
                string[] options = ["--capture", capture, .. ModeOf(capture), "--frames", $"{Frames}"];
                string file = await RenderAsync(helios, directory, page, index: 0, [], options);
                string kept = s_kept.Value.PathOf($"{page}.{capture}.mov");
                File.Move(file, kept);
                return kept;
            }))
            .Value;

    internal static async Task<string[]> HashesOfWholeAsync(NativeBinary helios, string page, string capture) =>
        StoredFrames.Digests(await WholeAsync(helios, page, capture));

    /// <summary>Plans a job and renders one of its chunks.</summary>
    /// <returns>The chunk's file.</returns>
    internal static async Task<string> RenderAsync(
        NativeBinary helios,
        TestDirectory directory,
        string page,
        int index,
        string[] workerOptions,
        string[] options)
    {
        string[] plan =
        [
            "export-job",
            Path.Combine(Folder, page),
            "--width", "320", "--height", "180", "--video-codec", "ffv1", "--pixel-format",
            HasAlpha(page) ? "bgra" : "bgr0",
            "-o", "x.mkv", "--job", "job.json", "--job-id", "j",
            .. options.Contains("--props") ? [] : (string[])["--props", Props],
            .. options.Contains("--fps") ? [] : (string[])["--fps", "30"],
            .. options,
        ];
        string number = index.ToString(CultureInfo.InvariantCulture);

        (await helios.Run(plan).In(directory)).Succeeded();
        // the GSAP package lies beside the pages' folder
        string[] render = ["render-chunk", "job.json", "--index", number, "--force", "--root", Repository.Project, .. workerOptions];
        (await helios.Run(render).In(directory).WithEnvironment("PATH", KnownEncoder.PathWithIt)).Succeeded();
        return directory.PathOf($"temp_j_part_{number}.mov");
    }

    [After(HookType.TestSession)]
    public static void RemoveWholes()
    {
        if (s_kept.IsValueCreated) s_kept.Value.Dispose();
    }
}
