using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// Chunks that follow each other in a task go on in one page, and are the same to the byte as those of workers of their own.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class TaskPageTests(NativeBinary helios)
{
    private const int Chunks = 4;

    /// <summary>Those that workers of their own render, too: the page goes on before each, behind one chunk and behind three.</summary>
    private static readonly int[] s_apart = [1, 3];

    /// <summary>Stands still for most of a chunk, and longer than it takes to look ahead.</summary>
    private const string Still = """
        <!doctype html><body style="margin:0;background:#123;color:#fff;font:40px sans-serif"><p id="text">one</p><script>
        setTimeout(() => { text.textContent = "two"; }, 3500);
        </script>
        """;

    public static IEnumerable<(string Page, string[] Options)> Pages()
    {
        foreach (
            string page in (string[])["raf-accumulating", "transitions", "canvas-2d", "workers", "fetch-running", "helios-hooks", "waapi"])
        {
            yield return (page, ["--capture", "screenshot"]);
            yield return (page, ["--capture", "paint"]);
        }

        yield return ("gif-animation", ["--capture", "screenshot"]);
        yield return ("video-webm", ["--capture", "screenshot"]);
        yield return ("canvas-2d", ["--mode", "canvas", "--capture", "canvas"]);
        yield return ("alpha", ["--pixel-format", "yuva444p10le", "--video-codec", "prores", "--output", "out.mov"]);
        yield return ("css-keyframes", ["--history", "seek"]);
    }

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task The_bytes_are_those_of_separate_workers(string page, string[] options)
    {
        using var place = new RenderPlace(helios, File.ReadAllText(Path.Combine(Repository.Project, "Pages", page + ".html")));
        CopyFiles(place);
        await place.PlanAsync(["--frames", "24", "--chunk-frames", "6", .. options]);

        await CompareAsync(place);
    }

    [Test]
    public async Task A_page_that_stands_still_goes_on_after_it_was_looked_ahead_in()
    {
        using var place = new RenderPlace(helios, Still);
        await place.PlanAsync("--frames", "320", "--chunk-frames", "80", "--fps", "30", "--capture", "screenshot");

        await CompareAsync(place);
    }

    [Test]
    public async Task Pictures_are_those_of_separate_workers()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "8", "--chunk-frames", "2");
        place.Directory.CreateFolder("apart");
        place.Directory.CreateFolder("together");
        for (int chunk = 0; chunk < Chunks; chunk++)
            (await place.Render("--index", $"{chunk}", "--frames-to", "apart", "-q")).Succeeded();

        (
            await place
                .Render("--frames-to", "together", "-q")
                .WithEnvironment("HELIOS_CHUNK_INDEX", "0")
                .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "4")
        ).Succeeded();

        foreach (string name in Directory.EnumerateFiles(place.Directory.PathOf("apart")).Select(file => Path.GetFileName(file)))
        {
            await Assert
                .That(
                    File.ReadAllBytes(place.Directory.PathOf("together", name))
                        .SequenceEqual(File.ReadAllBytes(place.Directory.PathOf("apart", name))))
                .IsTrue();
        }

        await Assert.That(Directory.EnumerateFiles(place.Directory.PathOf("together")).Count()).IsEqualTo(8);
    }

    [Test]
    public async Task A_complete_chunk_between_two_others_is_skipped()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "12", "--chunk-frames", "3");
        (await place.Render("--index", "1", "-q")).Succeeded();
        string receipt = File.ReadAllText(place.FileOf(1) + ".json");

        await place.RenderAllAsync();

        await Assert.That(File.ReadAllText(place.FileOf(1) + ".json")).IsEqualTo(receipt);
        await Assert.That(Enumerable.Range(0, Chunks).Select(chunk => GoesOn(place, chunk))).IsEquivalentTo([false, false, false, true]);
        (await place.Run("merge-chunks", "job.json", "-q")).Succeeded();
    }

    [Test]
    public async Task Numbers_of_chunks_come_from_standard_input()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "12", "--chunk-frames", "3");

        RunResult result = await place.Render("--index", "-", "--progress", "plain").WithInput("2\n\n 3 \n0");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(Enumerable.Range(0, Chunks).Where(chunk => File.Exists(place.FileOf(chunk)))).IsEquivalentTo([0, 2, 3]);
        await Assert.That(GoesOn(place, 3)).IsTrue();
        await Assert.That(GoesOn(place, 0)).IsFalse();
    }

    [Test]
    [Arguments("one", "\"one\" is not an index (--index); give a whole number from 0")]
    [Arguments("0\n9", "chunk index 9 is outside 0..3 (job.json, index from standard input); submit as many tasks as the job has chunks")]
    [Arguments("-1", "\"-1\" is not an index (--index); give a whole number from 0")]
    public async Task A_wrong_number_is_64_and_what_came_before_is_kept(string input, string message)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "12", "--chunk-frames", "3");

        RunResult result = await place.Render("--index", "-", "-q").WithInput(input);

        await Assert.That(RenderPlace.Said(result)).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(File.Exists(place.FileOf(0) + ".json")).IsEqualTo(input.StartsWith('0'));
    }

    [Test]
    public async Task Nothing_on_standard_input_renders_nothing()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "12", "--chunk-frames", "3");

        RunResult result = await place.Render("--index", "-").WithInput("");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    [Arguments("< .", "Is a directory")]
    [Arguments("<&-", "Bad file descriptor")]
    public async Task Standard_input_that_cannot_be_read_is_74(string redirection, string reason)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "12", "--chunk-frames", "3");

        RunResult result = await helios.RunScript($"helios render-chunk job.json --index - {redirection}").In(place.Directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the numbers of chunks cannot be read: {reason} (standard input); check the disk or the pipe, then run it again\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(74);
    }

    [Test]
    public async Task The_job_and_the_numbers_cannot_both_come_from_standard_input()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        RunResult result = await place.Run("render-chunk", "-", "--index", "-").WithInput("0");

        await Assert
            .That(result.Stderr)
            .IsEqualTo("helios: the job and the chunks' numbers would both come from standard input (--index -); give the job as a file\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task Workers_of_a_run_go_on_in_their_pages()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "24", "--chunk-frames", "2");

        (await place.RunJob("--workers", "2", "--keep-chunks", "-q")).Succeeded();

        int starts = Enumerable.Range(0, 12).Count(chunk => !GoesOn(place, chunk));
        await Assert.That(starts).IsBetween(2, 8); // two, and one more whenever a worker takes over what another has left
        await Assert
            .That(await place.FindRemainsAsync())
            .IsEquivalentTo(
                place
                    .Directory.Names()
                    .Where(name => name.StartsWith("temp_", StringComparison.Ordinal))
                    .Select(name => place.Directory.PathOf(name)));
    }

    private static async Task CompareAsync(RenderPlace place)
    {
        foreach (int chunk in s_apart)
            (await place.Render("--index", chunk.ToString(CultureInfo.InvariantCulture), "-q")).Succeeded();
        Dictionary<int, byte[]> apart = s_apart.ToDictionary(chunk => chunk, place.BytesOf);
        Dictionary<int, string> facts = s_apart.ToDictionary(chunk => chunk, chunk => FactsOf(place.ReceiptOf(chunk)));

        (
            await place.Render("--force", "-q").WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "10")
        ).Succeeded();

        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            if (s_apart.Contains(chunk))
            {
                await Assert.That(place.BytesOf(chunk).SequenceEqual(apart[chunk])).IsTrue().Because($"chunk {chunk}");
                await Assert.That(FactsOf(place.ReceiptOf(chunk))).IsEqualTo(facts[chunk]);
            }

            await Assert.That(GoesOn(place, chunk)).IsEqualTo(chunk > 0);
            JsonNode preroll = place.ReceiptOf(chunk)["preroll"]!;
            long before = new[] { "jumped", "replayed", "displayed" }.Sum(name => preroll[name]!.GetValue<long>());
            await Assert.That(before).IsEqualTo(Math.Max(0, place.ReceiptOf(chunk)["startFrame"]!.GetValue<long>() - 1));
        }
    }

    /// <summary>What a receipt says of its frames, beside how they were reached.</summary>
    private static string FactsOf(JsonObject receipt) =>
        string.Join('\n', new[] { "seam", "seal", "media", "digest" }.Select(name => $"{name} {receipt[name]?.ToJsonString()}"));

    /// <summary>Whether a chunk was rendered without a browser start.</summary>
    private static bool GoesOn(RenderPlace place, int chunk) => place.ReceiptOf(chunk)["timings"]!["loadMs"]!.GetValue<long>() == 0;

    /// <summary>What the pages load.</summary>
    private static void CopyFiles(RenderPlace place)
    {
        place.Directory.CreateFolder("assets");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Project, "Pages", "assets")))
            File.Copy(file, place.Directory.PathOf("assets", Path.GetFileName(file)));
    }
}
