using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Golden;

/// <summary>
/// Whole specs, compared byte by byte with Golden/job/*.json. <c>HELIOS_UPDATE_GOLDEN=1</c> rewrites them; review the
/// difference before committing it.
/// </summary>
internal sealed class GoldenSpecTests
{
    private const string Page = "<!doctype html><title>spot</title>\n";

    private static readonly string s_folder = Repository.PathOf("tests", "Helios.Tests", "Golden", "job");

    private static readonly ExportArguments s_base = Gens.NewArguments() with
    {
        Composition = "composition.html",
        Width = null,
        Height = null,
        JobId = "k3v9x0c2m1qa",
    };

    private static readonly Dictionary<string, (ExportArguments Arguments, bool IsCompact)> s_cases = new()
    {
        ["basic"] = (s_base with { Shards = "4", Duration = "2", Fps = "30" }, false),
        ["compact"] = (s_base with { Shards = "4", Duration = "2" }, true),
        ["even-split"] = (s_base with { Shards = "4", Frames = "10", Split = "even" }, false),
        ["fixed-chunks"] = (s_base with { ChunkFrames = "25", Duration = "2.2", Fps = "25" }, false),
        ["more-shards-than-frames"] = (s_base with { Shards = "8", Duration = "3f" }, false),
        ["ntsc"] = (s_base with { Fps = "29.97", Duration = "00:00:01.500", Shards = "2" }, false),
        ["slow-rate"] = (s_base with { Fps = "1/3", Frames = "2" }, false),
        ["on-the-net"] = (s_base with { Composition = "https://example.com/spot.html?x=1&y=%20#top" }, false),
        ["base-url"] = (s_base with { BaseUrl = "https://cdn.example.com/spots/" }, false),
        ["portable"] = (s_base with { IsPortable = true, Output = "out/Grüße.mp4", Job = "job.json", Shards = "2" }, false),
        ["props"] = (
            s_base with
            {
                Props =
                    """{ "title": "Grüße, 世界 🎬", "quote": "\"<\\>\"","""
                    + """ "list": ["a", {"deep": {"er": [true, null, -1.50e3]}}], "empty": {} }""",
            },
            false),
        ["prores-4444"] = (
            s_base with
            {
                Output = "title.mov",
                VideoCodec = "prores",
                PixelFormat = "yuva444p10le",
                AudioCodec = "pcm",
            },
            false),
        ["ffv1"] = (
            s_base with
            {
                Output = "master.mkv",
                VideoCodec = "ffv1",
                PixelFormat = "bgra",
                AudioCodec = "flac",
                Width = "1001",
                Height = "563",
            },
            false),
        ["webm"] = (s_base with { Output = "out.webm", Shards = "2", Seed = "7" }, false),
        ["canvas"] = (s_base with { Selector = "#stage > canvas", Quality = "0", Preset = "slow", PixelFormat = "yuv444p" }, false),
        ["audio"] = (
            s_base with
            {
                IsPortable = true,
                Audio = "composition.html,start=1.5,trim=0.25-1,volume=0.5,fade-in=0.1,fade-out=2,loop\0composition.html",
            },
            false),
        ["start-frame"] = (s_base with { StartFrame = "100", Frames = "50", Shards = "3" }, false),
    };

    public static IEnumerable<string> Names() => s_cases.Keys;

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_spec_is_its_golden(string name)
    {
        var (arguments, isCompact) = s_cases[name];
        byte[] actual = Specs.Write(Plan(arguments), isCompact);
        string path = Path.Combine(s_folder, name + ".json");
        if (Environment.GetEnvironmentVariable("HELIOS_UPDATE_GOLDEN") == "1") File.WriteAllBytes(path, actual);

        bool isSame = File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(actual);
        if (isSame) File.Delete(path + ".actual");
        else File.WriteAllBytes(path + ".actual", actual);

        await Assert
            .That(isSame ? "" : Encoding.UTF8.GetString(actual))
            .IsEqualTo(
                isSame ? ""
                : File.Exists(path) ? File.ReadAllText(path)
                : "no such golden");
    }

    [Test]
    [DependsOn(nameof(A_spec_is_its_golden), ProceedOnFailure = true)] // which may be writing them
    [MethodDataSource(nameof(Names))]
    public async Task A_golden_is_a_valid_spec(string name)
    {
        byte[] document = File.ReadAllBytes(Path.Combine(s_folder, name + ".json"));

        await Assert.That(Specs.ProblemsOf(document)).IsEqualTo("");
    }

    [Test]
    [DependsOn(nameof(A_spec_is_its_golden), ProceedOnFailure = true)]
    public async Task Every_golden_belongs_to_a_case_and_is_short()
    {
        foreach (string path in Directory.EnumerateFiles(s_folder, "*.json"))
        {
            string text = await File.ReadAllTextAsync(path);
            await Assert.That(s_cases.Keys).Contains(Path.GetFileNameWithoutExtension(path));
            await Assert.That(text.Count(c => c == '\n')).IsLessThanOrEqualTo(200);
            await Assert.That(text).DoesNotContain("\r");
        }
    }

    /// <summary>As planned in a directory that is not this machine's; the page lies in a temporary one.</summary>
    private static JobPlan Plan(ExportArguments arguments)
    {
        if (CompositionUrl.IsOnNet(arguments.Composition)) return Gens.Plan(arguments);

        using var folder = new TemporaryDirectory();
        folder.Add("composition.html", Page);
        JobPlan plan = Gens.Plan(arguments, folder.FullPath);
        string Move(string path) => path.Replace(folder.FullPath, "/srv/spots", StringComparison.Ordinal);
        JobSpec spec = plan.Spec with { Composition = Move(plan.Spec.Composition), Output = Move(plan.Spec.Output) };
        return plan with { Spec = spec, ChunkFiles = ChunkFileNames.For(spec) };
    }
}
