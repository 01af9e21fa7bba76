using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>The events of <c>--progress json</c> are those of docs/progress.md, with exactly the members that it names.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(300_000)]
public sealed partial class ProgressEventTests(NativeBinary helios)
{
    private const string Every = "Every command";

    [Test]
    public async Task Every_event_of_every_command_has_the_members_of_the_documentation()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        string[] json = ["--progress", "json"];
        string once = await RunRetryTests.MakeDyingAsync(place, isAlways: false);
        string[] small = ["--width", "320", "--height", "180", "--fps", "12"];
        place.Directory.Write("quick.html", RunJobTests.Moving);
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "240", "--shards", "2");

        var seen = new List<(string Section, JsonObject[] Events)>
        {
            ("render-chunk", Read(await place.Render(["--index", "1", .. json]))),
            ("render-chunk", Read(await place.Render(["--index", "1", .. json]))),
            ("render-chunk", Read(await place.Render(["--index", "7", .. json]))),
            ("merge-chunks", Read(await place.Run(["merge-chunks", "job.json", .. json]))),
            ("run-job and render", Read((await place.RunJob(["--browser", once, "--keep-chunks", .. json])).Succeeded())),
            ("merge-chunks", Read((await place.Run(["merge-chunks", "job.json", .. json])).Succeeded())),
            (
                "run-job and render",
                Read(await place.Run(["render", "page.html", "--probe", "--frames", "2", "--workers", "0", .. small, .. json]))),
            (
                "run-job and render",
                Read(
                    await place.Run([
                        "render", "quick.html", "--explain", "--probe", "--frames", "240", "-o", "b.mp4", "--browser",
                        "chromium-headless-shell", "--width", "320", "--height", "180", .. json,
                    ]))),
            ("render --still", Read(await place.Run(["render", "page.html", "--still", "30", .. small, .. json]))),
            (
                "render --still",
                Read(await place.Run(["render", "page.html", "--still", "3,5", "--contact-sheet", "sheet.png", .. small, .. json]))),
        };
        await place.PlanAsync("--frames", "36", "--fps", "0.03", "--audio", "click.wav,loop");
        seen.Add(("run-job and render", Read(await place.RunJob(json)))); // long enough for a merge to be told of
        JsonObject[] ofBatch = Read(await RunBatchAsync(place, small, json));
        // the others are those of chunks, with other words
        seen.Add(("run-job and render", [.. ofBatch.Where(item => (string)item["event"]! is "row-failed" or "error")]));
        seen.Add(("merge-chunks", Read((await MergeInStoreAsync(place, json)).Succeeded())));

        Dictionary<(string, string), Row> documented = ReadDocumentation();
        var missing = documented.Keys.ToHashSet();
        foreach (var (section, events) in seen)
        {
            await Assert.That((string)events[^1]["event"]!).Matches("^(error|chunk-complete|[a-z]+(-[a-z]+)?-finished)$");
            foreach (JsonObject item in events)
            {
                string name = (string)item["event"]!;
                string where = documented.ContainsKey((section, name)) ? section : Every;
                await Assert.That(documented.ContainsKey((where, name))).IsTrue().Because($"{section} says {item.ToJsonString()}");
                Row row = documented[(where, name)];
                IEnumerable<string> members = item.Select(member => member.Key)
                    .Where(member => member != "event" && !row.Optional.Contains(member));
                await Assert.That(members).IsEquivalentTo(row.Members).Because($"{section}: {item.ToJsonString()}");
                missing.Remove((where, name));
            }
        }

        await Assert.That(missing).IsEmpty();
    }

    /// <summary>Of one row, which fails.</summary>
    private static async Task<RunResult> RunBatchAsync(RenderPlace place, string[] small, string[] json)
    {
        place.Directory.Write("bad.html", "<!doctype html><script>throw new Error('bad')</script>");
        place.Directory.Write("rows.jsonl", "{\"id\":\"a\"}\n");
        string[] words = ["bad.html", "--rows", "rows.jsonl", "--frames", "2", "-o", "{id}.mp4", "--job", "batch", .. small];
        (await place.Run(["export-job", .. words, "-q"])).Succeeded();
        return await place.Run(["run-job", "batch", .. json]);
    }

    /// <summary>Which says what it needs.</summary>
    private static async Task<RunResult> MergeInStoreAsync(RenderPlace place, string[] json)
    {
        string script = Path.Combine(place.Temporary, "..", "transfer");
        string folder = "cp:" + Path.GetFullPath(Path.Combine(place.Temporary, "..", "store"));
        _ = ProgramFile.Write(script, BucketTests.Script);
        await place.PlanAsync("--frames", "2", "--shards", "2", "--portable");
        (await place.Run("push", "job.json", folder, "--transfer", script, "-q")).Succeeded();
        (await place.Run("run-job", folder + "/job.json", "--transfer", script, "--keep-chunks", "-q")).Succeeded();
        return await place.Run(["merge-chunks", folder + "/job.json", "--transfer", script, .. json]);
    }

    [Test]
    [Arguments("run-job", "job.json", 65, "$.chunks", DisplayName = "a spec that is wrong")]
    [Arguments("run-job", "nowhere.json", 66, "the file cannot be read", DisplayName = "no spec")]
    [Arguments("render", "nowhere.html", 66, "the composition does not exist", DisplayName = "no page")]
    [Arguments("merge-chunks", "nowhere.json", 66, "the file cannot be read", DisplayName = "nothing to merge")]
    [Arguments("render-chunk", "nowhere.json", 66, "the file cannot be read", DisplayName = "nothing to render")]
    public async Task Whatever_ends_a_command_is_one_error_event_and_one_line(string command, string argument, int code, string what)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        place.Directory.Write(
            "job.json",
            place.Directory.Read("job.json").Replace("\"startFrame\":2", "\"startFrame\":3", StringComparison.Ordinal));

        RunResult result = await place.Run([
            command, argument, "--progress", "json",
            .. command == "render-chunk" ? (string[])["--index", "0"] : [],
        ]);

        string[] lines = result.Stderr.Split('\n');
        await Assert.That(lines.Length).IsEqualTo(3).Because(result.Stderr);
        JsonObject error = JsonNode.Parse(lines[0])!.AsObject();
        await Assert.That((string)error["event"]!).IsEqualTo("error");
        await Assert.That((int)error["code"]!).IsEqualTo(code);
        await Assert.That((string)error["what"]!).StartsWith(what);
        await Assert.That(lines[1]).IsEqualTo($"helios: {error["what"]} ({error["where"]}); {error["fix"]}");
        await Assert.That(result.ExitCode).IsEqualTo(code);
    }

    /// <summary>All lines but the one for people that ends a failed command.</summary>
    private static JsonObject[] Read(RunResult result)
    {
        string[] lines = result.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (result.ExitCode != 0)
            lines = lines[..^1];
        return
        [
            .. lines.Select(line =>
                line.StartsWith('{') ? JsonNode.Parse(line)!.AsObject() : throw new InvalidOperationException("no event: " + result.Stderr)
            ),
        ];
    }

    private static Dictionary<(string Section, string Event), Row> ReadDocumentation()
    {
        var rows = new Dictionary<(string, string), Row>();
        string section = "";
        foreach (string line in File.ReadLines(Repository.PathOf("docs", "progress.md")))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) section = line[4..];
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 5 || !cells[1].StartsWith('`') || cells[1] == "`event`")
                continue;
            string[] optional =
            [
                .. Names().Matches(cells[3]).Where(match => match.Groups[2].Success).Select(match => match.Groups[1].Value),
            ];
            rows[(section, cells[1].Trim('`'))] = new Row(
                [.. Names().Matches(cells[3]).Select(match => match.Groups[1].Value).Except(optional)],
                optional);
        }

        return rows;
    }

    [GeneratedRegex("`([A-Za-z]+)`( \\(absent)?")]
    private static partial Regex Names();

    private sealed record Row(string[] Members, string[] Optional);
}
