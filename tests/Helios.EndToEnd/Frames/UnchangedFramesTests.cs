using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// Where a page stands still, screenshots are not taken: frames are looked at without pictures first. The frames of a chunk that does so
/// must
/// be those of chunks that are too short for it, whatever ends the standstill.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class UnchangedFramesTests(NativeBinary helios)
{
    private const string Style = """
        <!doctype html><style>
        body { margin: 0; overflow: hidden; background: #234; color: #fff; font: 40px sans-serif; }
        #box { position: absolute; left: 20px; top: 60px; width: 80px; height: 80px; background: #fa0; }
        #box.faded { opacity: 0.1; transition: opacity 0.3s; }
        @keyframes slide { 0%, 60% { transform: none; } 70%, 100% { transform: translateX(150px) rotate(40deg); } }
        @keyframes steps { 0% { background: #fa0; } 33% { background: #0af; } 66% { background: #a0f; } }
        </style><div id="box"></div><p id="text">one</p><script>
        const box = document.getElementById("box"), text = document.getElementById("text");
        """;

    [Test]
    [Arguments("setTimeout(() => { text.textContent = 'two'; }, 1500);", 2, DisplayName = "a timer writes a word")]
    [Arguments("const at = time => { if (time > 1500) box.className = 'faded'; requestAnimationFrame(at); }; requestAnimationFrame(at);", 5,
        DisplayName = "a frame begins a transition")]
    [Arguments("setTimeout(() => { box.className = 'faded'; }, 1500); setTimeout(() => { box.className = ''; }, 1600);", 3,
        DisplayName = "a timer begins a transition and cuts it off")]
    [Arguments("box.style.animation = 'slide 3s linear';", 8, DisplayName = "an animation moves at its end only")]
    [Arguments("box.style.animation = 'steps 3s step-end';", 3, DisplayName = "an animation in steps")]
    [Arguments(
        "let n = 0; const at = () => { if (++n % 20 === 0) text.textContent = n; requestAnimationFrame(at); }; requestAnimationFrame(at);",
        5, DisplayName = "a script counts frames")]
    [Arguments(
        "setTimeout(() => { let x = 0; const at = () => { box.style.left = (x = (x * 1.1 + 3) % 260) + 'px'; requestAnimationFrame(at); }; at(); }, 600);",
        30, DisplayName = "it moves all the time from then on")]
    [Arguments(
        "new IntersectionObserver(() => { text.textContent = 'seen'; }).observe(box); box.style.top = '900px'; setTimeout(() => { box.style.top = '60px'; }, 1500);",
        3, DisplayName = "what an observer does a frame later")]
    [Arguments("text.style.willChange = 'transform'; setTimeout(() => { text.style.transform = 'scale(1.7)'; }, 1500);", 2,
        DisplayName = "what said that it would be scaled is scaled")]
    public async Task The_frames_are_the_same_when(string script, int pictures)
    {
        using var place = new RenderPlace(helios, Style + script + "</script>");
        string[] whole = await RenderAsync(place, "90");
        string[] parts = await RenderAsync(place, "30"); // too short to look ahead

        await Assert.That(whole.Length).IsEqualTo(90);
        await Assert.That(whole.Distinct().Count()).IsGreaterThanOrEqualTo(pictures);
        await Assert.That(Enumerable.Range(0, 90).Where(i => whole[i] != parts[i])).IsEmpty();
    }

    /// <summary>That it is done at all shows where the page comes from: it is loaded twice.</summary>
    [Test]
    [Arguments("", 2, DisplayName = "one that stands still is gone through twice")]
    [Arguments("const at = time => { box.style.left = time / 10 + 'px'; requestAnimationFrame(at); }; requestAnimationFrame(at);", 1,
        DisplayName = "one that moves is not")]
    public async Task Of_pages(string script, int loads)
    {
        using var server = new WebServer();
        server.Add("/page.html", Style + script + "</script>", "200 OK\r\nContent-Type: text/html");
        using var place = new RenderPlace(helios, "");
        (
            await place.Run(
                "export-job",
                server.UrlOf("/page.html"),
                "--frames", "90", "--width", "320", "--height", "180", "--job", "job.json", "--job-id", "j", "-q")
        ).Succeeded();

        await place.RenderAllAsync();

        await Assert.That(server.Requests.Count(line => line.Contains("/page.html", System.StringComparison.Ordinal))).IsEqualTo(loads);
    }

    private static async Task<string[]> RenderAsync(RenderPlace place, string chunkFrames)
    {
        await place.PlanAsync(
            "--frames", "90", "--chunk-frames", chunkFrames, "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv");
        (
            await place.Render("--force", "-q").WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "100")
        ).Succeeded();
        List<string> digests = [];
        for (int chunk = 0; chunk < place.Job["chunks"]!.AsArray().Count; chunk++)
            digests.AddRange(StoredFrames.Digests(place.FileOf(chunk)));
        return [.. digests];
    }
}
