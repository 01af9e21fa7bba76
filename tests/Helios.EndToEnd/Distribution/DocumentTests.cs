using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>
/// docs/job-spec.md and README.md against helios: a spec made of the documented members alone is accepted, what the document
/// does not call optional is required, and the tables of codecs, audio and receipts are those of the program.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed partial class DocumentTests(NativeBinary helios)
{
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly string s_document = Repository.PathOf("docs", "job-spec.md");
    private static readonly string s_readMe = Repository.PathOf("README.md");

    /// <summary>The tables of members: heading, what their first column is called, and where the members stand in a spec.</summary>
    private static readonly (string Heading, string Head, string Parent)[] s_tables =
    [
        ("The job spec, version 1", "member", ""), ("renderOptions", "member", "renderOptions"),
        ("Audio files", "member", "audio"), ("cost", "member", "cost"), ("chunks", "member", "chunks"),
    ];

    /// <summary>A value for every member that a document may name; one that is missing here is a new one.</summary>
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["version"] = "1",
        ["jobId"] = "\"j\"",
        ["composition"] = "\"page.html\"",
        ["compositionDigest"] = $"\"{Digest}\"",
        ["root"] = "\".\"",
        ["output"] = "\"video.mp4\"",
        ["totalFrames"] = "60",
        ["renderOptions.width"] = "320",
        ["renderOptions.height"] = "180",
        ["renderOptions.scale"] = "1.5",
        ["renderOptions.fps"] = "29.97003",
        ["renderOptions.frameRate"] = "\"30000/1001\"",
        ["renderOptions.duration"] = "2.002",
        ["renderOptions.startFrame"] = "7",
        ["renderOptions.mode"] = "\"canvas\"",
        ["renderOptions.selector"] = "\"#stage\"",
        ["renderOptions.capture"] = "\"paint\"",
        ["renderOptions.captureFallback"] = "\"screenshot\"",
        ["renderOptions.pageRate"] = "\"60/1\"",
        ["renderOptions.history"] = "\"seek\"",
        ["renderOptions.processor"] = "\"native\"",
        ["renderOptions.videoCodec"] = "\"h264\"",
        ["renderOptions.quality"] = "0",
        ["renderOptions.bitrate"] = "2000000",
        ["renderOptions.maxBitrate"] = "4000000",
        ["renderOptions.bufferSize"] = "4000000",
        ["renderOptions.preset"] = "\"fast\"",
        ["renderOptions.encoderOptions"] = "{\"tune\":\"film\"}",
        ["renderOptions.pixelFormat"] = "\"yuv420p\"",
        ["renderOptions.audioCodec"] = "\"aac\"",
        ["renderOptions.title"] = "\"A title\"",
        ["renderOptions.creationTime"] = "\"2026-11-29T14:00:00Z\"",
        ["renderOptions.fonts"] = "\"fonts\"",
        ["renderOptions.fontsDigest"] = $"\"{Digest}\"",
        ["renderOptions.strictFonts"] = "true",
        ["renderOptions.block"] = "[\"https://host/*\"]",
        ["renderOptions.seed"] = "1",
        ["renderOptions.props"] = "{\"title\":\"x\"}",
        ["audio.file"] = "\"music.wav\"",
        ["audio.digest"] = $"\"{Digest}\"",
        ["audio.start"] = "1.5",
        ["audio.trimStart"] = "0.25",
        ["audio.trimEnd"] = "3",
        ["audio.volume"] = "0.5",
        ["audio.fadeIn"] = "0.1",
        ["audio.fadeOut"] = "0.2",
        ["audio.loop"] = "true",
        ["cost.startMs"] = "2100",
        ["cost.prerollMs"] = "0.04",
        ["cost.captureMs"] = "44.8",
        ["chunks.id"] = "0",
        ["chunks.startFrame"] = "7",
        ["chunks.frameCount"] = "60",
        ["chunks.output"] = "\"temp_j_part_0.mov\"",
    };

    /// <summary>Every documented member, and whether its table says what its absence means.</summary>
    public static IEnumerable<(string Member, bool IsOptional)> Members() =>
        from table in s_tables
        from row in Markdown.Table(s_document, table.Heading, table.Head)
        from name in Markdown.Code(row[0])
        select (table.Parent.Length == 0 ? name : $"{table.Parent}.{name}", row[2].Contains("absent means", StringComparison.Ordinal));

    [Test]
    public async Task A_spec_of_the_documented_members_is_accepted()
    {
        RunResult result = await CheckAsync(MakeSpec());

        await Assert.That(result.Stderr + result.Stdout).IsEqualTo("valid: job j, 60 frames in 1 chunk\n");
    }

    [Test]
    [MethodDataSource(nameof(Members))]
    public async Task A_member_is_required_unless_the_document_says_what_its_absence_means(string member, bool isOptional)
    {
        RunResult result = await CheckAsync(MakeSpec(without: member));

        await Assert.That(result.ExitCode).IsEqualTo(isOptional ? 0 : 65).Because(result.Stderr + result.Stdout);
    }

    public static IEnumerable<string> Codecs() => Markdown.Table(s_document, "renderOptions", "codec").Select(row => row[0]);

    [Test]
    [MethodDataSource(nameof(Codecs))]
    public async Task A_codec_goes_with_what_its_row_says_and_nothing_else(string codec)
    {
        string[] row = Markdown.Table(s_document, "renderOptions", "codec").Single(row => row[0] == codec);
        string[] containers = row[1].Split(' ');
        string[] formats = FormatsOf(row);
        string[] presets = PresetsOf(row[4]);
        string quality = row[5].Split(' ')[0];

        foreach (string container in (string[])["mp4", "mov", "mkv", "webm"])
        {
            RunResult plan = await PlanAsync("-o", "x." + container, "--video-codec", codec);
            await Assert.That(plan.ExitCode == 0).IsEqualTo(containers.Contains(container)).Because(container);
            if (plan.ExitCode != 0) continue;
            JsonNode options = plan.Json["renderOptions"]!;
            await Assert.That((string)plan.Json["chunks"]![0]!["output"]!).EndsWith(row[2]);
            await Assert.That((string)options["pixelFormat"]!).IsEqualTo(formats[0]);
            await Assert.That((string?)options["preset"]).IsEqualTo(DefaultIn(row[4]));
            await Assert.That((int)options["quality"]!).IsEqualTo(int.Parse(DefaultIn(row[5]) ?? "0"));
        }

        string[] common = ["-o", "x." + containers[0], "--video-codec", codec];
        foreach (string format in AllFormats())
        {
            string[] profile = codec == "prores" && format.Contains("444", StringComparison.Ordinal) ? ["--preset", "4444"] : [];
            RunResult plan = await PlanAsync([.. common, "--pixel-format", format, .. profile]);
            await Assert.That(plan.ExitCode == 0).IsEqualTo(formats.Contains(format)).Because(format);
        }

        foreach (string preset in presets)
        {
            string[] format = preset.StartsWith("4444", StringComparison.Ordinal) ? ["--pixel-format", "yuv444p10le"] : [];
            _ = (await PlanAsync([.. common, "--preset", preset, .. format])).Succeeded();
        }

        int worst = quality.Length > 0 ? int.Parse(quality.Split("..")[1]) : 0;
        _ = (await PlanAsync([.. common, "--quality", $"{worst}"])).Succeeded();
        await Assert.That((await PlanAsync([.. common, "--quality", $"{worst + 1}"])).ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task A_container_has_the_audio_codecs_that_the_document_says_the_first_by_default()
    {
        string line = Markdown.Section(s_document, "renderOptions").Single(line => line.StartsWith("Audio: ", StringComparison.Ordinal));
        string[] all = ["aac", "opus", "flac", "pcm", "none"];

        foreach (string part in line["Audio: ".Length..line.IndexOf("; `none`", StringComparison.Ordinal)].Split("; "))
        {
            string output = "x." + part.Split(' ')[0];
            string[] codecs = [.. part[part.IndexOf(' ', StringComparison.Ordinal)..].Split(',', StringSplitOptions.TrimEntries), "none"];
            JsonNode options = (await PlanAsync("-o", output)).Succeeded().Json["renderOptions"]!;
            await Assert.That((string)options["audioCodec"]!).IsEqualTo(codecs[0]);
            foreach (string codec in all)
            {
                RunResult plan = await PlanAsync("-o", output, "--audio-codec", codec);
                await Assert.That(plan.ExitCode == 0).IsEqualTo(codecs.Contains(codec)).Because($"{codec} in {output}");
            }
        }
    }

    [Test]
    public async Task Every_member_of_a_receipt_is_documented()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='background:#0f0'>");
        await place.PlanAsync("--frames", "2");
        (await place.Render()).Succeeded();
        IReadOnlyList<string> documented = Markdown.Code(string.Join(' ', Markdown.Section(s_document, "Receipts")));

        JsonObject receipt = place.ReceiptOf(0);
        IEnumerable<JsonObject> objects = [receipt, .. receipt.Select(member => member.Value).OfType<JsonObject>()];
        IEnumerable<string> names = objects.SelectMany(value => value.Select(member => member.Key));

        await Assert.That(names.Except(documented)).IsEmpty();
    }

    /// <summary>The digest is cut off in the text.</summary>
    [Test]
    public async Task The_spec_in_the_readme_is_what_its_command_writes()
    {
        string text = await File.ReadAllTextAsync(s_readMe);
        string before = text[..text.IndexOf("```json\n", StringComparison.Ordinal)];
        string command = before.Split('\n').Last(line => line.StartsWith("helios export-job ", StringComparison.Ordinal));
        using var directory = new TestDirectory();
        (await Tool.Run("cp", "coreutils", "-r", Repository.PathOf("examples"), directory.Path)).Succeeded();

        string written = (await helios.RunScript(command).In(directory)).Succeeded().Stdout;
        RunResult check = await helios.Run("check-job", "-").WithInput(written).In(directory);

        string shown = DigestPattern().Replace(Markdown.Block(s_readMe, "json"), "sha256:");
        await Assert.That(shown).IsEqualTo(DigestPattern().Replace(written, "sha256:"));
        await Assert.That(check.ExitCode).IsEqualTo(0).Because(check.Stderr);
    }

    /// <summary>Options of other programs are in these documents, too.</summary>
    [Test]
    public async Task Every_option_in_the_documents_is_one_of_helios()
    {
        // of publish.sh, installers of browsers, the browser, and between helios and its workers
        string[] others = ["--child-of", "--path", "--dynamic", "--expose-gc", "--remote-debugging-pipe"];
        string[] help = [.. Directory.EnumerateFiles(Path.Combine(Repository.Project, "Golden", "help")).SelectMany(OptionsIn).Distinct()];
        string[] foreign = ["images.md", "install.md", "then.md"]; // full of options of package managers and container engines
        string docs = Repository.PathOf("docs");
        string[] files = [s_readMe, .. Directory.EnumerateFiles(docs, "*.md"), Repository.PathOf("docs", "engines", "README.md")];
        files = [.. files.Where(file => !foreign.Contains(Path.GetFileName(file)))];

        IEnumerable<string> unknown = files.SelectMany(file => OptionsIn(file).Except(help).Except(others)
            .Where(name => !name.StartsWith("--disable-", StringComparison.Ordinal)).Select(name => $"{Path.GetFileName(file)} {name}"));

        await Assert.That(string.Join('\n', unknown)).IsEqualTo("");
    }

    private static JsonObject MakeSpec(string without = "")
    {
        var audio = new JsonObject();
        var options = new JsonObject();
        var chunk = new JsonObject();
        var cost = new JsonObject();
        var spec = new JsonObject();
        foreach (var (member, _) in Members())
        {
            if (member == without || member == "renderOptions.imageQuality") continue; // images only
            string name = member[(member.IndexOf('.', StringComparison.Ordinal) + 1)..];
            bool isOfSpec = !member.Contains('.', StringComparison.Ordinal);
            JsonObject parent = isOfSpec ? spec : member.Split('.')[0] switch
            {
                "audio" => audio,
                "cost" => cost,
                "chunks" => chunk,
                _ => options,
            };
            parent[name] = member switch
            {
                "renderOptions" => options,
                "cost" => cost,
                "renderOptions.audio" => new JsonArray(audio),
                "chunks" => new JsonArray(chunk),
                _ => JsonNode.Parse(s_values.TryGetValue(member, out string? value) ? value
                    : throw new InvalidOperationException($"job-spec.md has a member {member}: give it a value here")),
            };
        }

        return spec;
    }

    private async Task<RunResult> CheckAsync(JsonObject spec)
    {
        using var directory = new TestDirectory();
        return await helios.Run("check-job", "-").WithInput(spec.ToJsonString()).In(directory);
    }

    private async Task<RunResult> PlanAsync(params string[] options)
    {
        using var directory = new TestDirectory();
        return await helios.Run(["export-job", "page.html", "--portable", "-q", .. options]).In(directory);
    }

    /// <summary>A row may begin with those of another.</summary>
    private static string[] FormatsOf(string[] row)
    {
        string text = row[3];
        if (text.StartsWith("as h264", StringComparison.Ordinal))
            text = Markdown.Table(s_document, "renderOptions", "codec")[0][3] + text["as h264".Length..].Replace(',', ' ');
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> AllFormats() =>
        Markdown.Table(s_document, "renderOptions", "codec").SelectMany(FormatsOf).Distinct();

    private static string[] PresetsOf(string cell)
    {
        string text = cell.Split('(')[0].Trim();
        if (text == "as below")
        {
            string line = Markdown.Section(s_document, "renderOptions")
                .Single(line => line.StartsWith("The presets of h264", StringComparison.Ordinal));
            line = line[(line.IndexOf(" are ", StringComparison.Ordinal) + 5)..line.IndexOf(". ", StringComparison.Ordinal)];
            return line.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ");
        }

        string[] range = text.Split("..");
        return range.Length == 2
            ? [.. Enumerable.Range(int.Parse(range[0]), int.Parse(range[1]) + 1).Select(number => $"{number}")]
            : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What stands in parentheses.</summary>
    private static string? DefaultIn(string cell) => cell.Split('(', ')').ElementAtOrDefault(1);

    private static IEnumerable<string> OptionsIn(string file) =>
        OptionPattern().Matches(File.ReadAllText(file)).Select(match => match.Value);

    [GeneratedRegex("sha256:([0-9a-f]{64}|[0-9a-f]+…)")]
    private static partial Regex DigestPattern();

    [GeneratedRegex("(?<![a-z-])--[a-z][a-z-]+")]
    private static partial Regex OptionPattern();
}
