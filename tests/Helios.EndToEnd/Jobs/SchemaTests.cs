using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;
using static Helios.EndToEnd.Jobs.SchemaMutants;

namespace Helios.EndToEnd.Jobs;

/// <summary>
/// The JSON Schema against helios: ajv accepts whatever export-job writes, and what ajv refuses, check-job refuses too.
/// Each rule of the schema has a row in <see cref="SchemaMutants"/> or <see cref="SchemaOptionMutants"/> that breaks it alone.
/// </summary>
[ClassDataSource<NativeBinary, SchemaValidator>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
public sealed class SchemaTests(NativeBinary helios, SchemaValidator schema)
{
    /// <summary>Options of export-job, a line each, behind the composition.</summary>
    public static IEnumerable<string> OptionSets() =>
        [
            "page.html", "page.html --shards 4 --duration 2 --fps 30",
            "page.html --shards 7 --split even --duration 90f --fps 29.97 --compact",
            "page.html --chunk-frames 25 --duration 00:01:00 --fps pal --start-frame 1000", "page.html --portable --frames 10",
            "page.html --portable -o out/deep/film.mkv --job-id a-b-0", "page.html --base-url https://host/spots/",
            "http://host/page.html?a=1#b", "page.html --mode canvas", "page.html --scale 2",
            "page.html --scale 1.5 --width 1280 --height 720 --capture paint", "page.html --scale 2 --width 961 --height 541",
            "page.html --scale 0.5000", "page.html --selector #stage>canvas --seed 0", "page.html -o film.webm",
            "page.html -o film.webm --video-codec av1 --preset 13 --quality 63 --pixel-format yuv420p10le --audio-codec none",
            "page.html -o film.mp4 --video-codec h265 --preset veryslow --quality 51 --pixel-format yuv444p --width 1919 --height 1079",
            "page.html -o FILM.MOV --video-codec prores",
            "page.html -o film.mov --video-codec prores --preset 4444xq --pixel-format yuva444p10le --audio-codec pcm",
            "page.html -o film.mkv --video-codec ffv1 --pixel-format bgra --audio-codec flac --width 1 --height 1",
            "page.html -o film.mkv --video-codec vp9 --pixel-format yuv420p10le --audio-codec opus --seed 4294967295 --width 16384 --height 16384",
            "page.html -o /dev/shm/helios-schema.mp4",
            "page.html -o film.GIF --fps 50 --pixel-format bgra", "page.html -o %09d.png --fps 60", "page.html -o %d.jpg",
            "page.html -o %d.JPEG --image-quality 1", "page.html -o %d.webp --image-quality 100 --pixel-format bgra",
            "page.html --portable -o frames%/a_%d.PNG --pixel-format bgra --audio-codec none",
            "page.html --encoder-option tune=animation --encoder-option deblock=-1,-1 --encoder-option psy-rd=0.4,0.15",
            "page.html -o film.webm --pixel-format yuva420p --shards 3", "page.html --title A=b'c --creation-time 2026-11-29",
            "page.html -o film.webm --creation-time now", "page.html --fps 24 --page-fps 60",
            "page.html --video-codec h264_nvenc --preset p7 --pixel-format yuv444p",
            "page.html -o film.mov --video-codec hevc_vaapi --quality 1", "page.html -o film.mkv --video-codec hevc_qsv --bitrate 4M",
            "page.html --video-codec h264_videotoolbox --quality 63", "page.html --bitrate 4.5M",
            "page.html --cost preroll=0ms,capture=0.001ms",
            "page.html --shards 4 --duration 9 --split cost --cost start=24s,preroll=1.25ms,capture=86400s",
            "page.html -o film.webm --bitrate 800k", "page.html --max-bitrate 2000M",
            "page.html --video-codec h265 --bitrate 4M --max-bitrate 5M --buffer-size 8M",
            "page.html --props {\"title\":\"Hello\",\"list\":[1,2,{\"x\":null}]}",
            SchemaOptionMutants.Sounds + " --audio page.html",
            "page.html --audio page.html --portable -o film.mov --audio-codec pcm", "page.html --fps 0.01 --duration 1000000000",
            "page.html --frames 1000000000 --fps 1000 --start-frame 1000000000",
        ];

    public static IEnumerable<TestDataRow<Action<JsonObject>>> HarmlessChanges()
    {
        yield return Harmless("a member of the user's", job => job["x-farm"] = "blue");
        yield return Harmless("members of the user's everywhere, of any kind", job =>
        {
            job["x-"] = new JsonArray(1, null, "a", new JsonObject { ["deep"] = true });
            Options(job)["x-note"] = new JsonObject();
            Chunk(job)["x-host"] = null;
        });
        yield return Harmless("no audio", job => Options(job).Remove("audio"));
        yield return Harmless("no props", job => Options(job).Remove("props"));
        yield return Harmless("a chunk file of another name in a folder", job =>
            Chunk(job)["output"] = ((string)job["output"]!).Replace("output.mp4", "parts/first.mov", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_printed_schema_is_the_file()
    {
        RunResult result = await helios.Run("schema");
        byte[] file = await File.ReadAllBytesAsync(Repository.PathOf("schemas", "job.schema.json"));

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(result.Output.SequenceEqual(file)).IsTrue();
    }

    [Test]
    [MethodDataSource(nameof(OptionSets))]
    public async Task Every_emitted_spec_is_valid_for_ajv_and_for_check_job(string options, CancellationToken cancellation)
    {
        RunResult spec = await ExportAsync(options);

        await Assert.That(await schema.ValidateAsync(spec.Json, cancellation)).IsEqualTo("valid");
        RunResult check = await helios.Run("check-job", "-").WithInput(spec.Output);
        await Assert.That(check.Stderr).IsEmpty();
        await Assert.That(check.ExitCode).IsEqualTo(0);
    }

    [Test]
    [MethodDataSource(nameof(HarmlessChanges))]
    public async Task What_the_format_leaves_to_the_user_is_valid_for_both(Action<JsonObject> change, CancellationToken cancellation)
    {
        JsonObject job = (await ExportAsync("page.html")).Json;
        change(job);

        await Assert.That(await schema.ValidateAsync(job, cancellation)).IsEqualTo("valid");
        RunResult check = await helios.Run("check-job", "-").WithInput(job.ToJsonString());
        await Assert.That(check.Stderr).IsEmpty();
        await Assert.That(check.ExitCode).IsEqualTo(0);
    }

    [Test]
    [MethodDataSource(typeof(SchemaMutants), nameof(SchemaMutants.Mutants))]
    [MethodDataSource(typeof(SchemaOptionMutants), nameof(SchemaOptionMutants.Mutants))]
    public async Task A_spec_that_breaks_one_rule_is_refused_by_ajv_and_by_check_job(
        string options,
        Action<JsonObject> mutate,
        CancellationToken cancellation)
    {
        JsonObject job = (await ExportAsync(options)).Json;
        string before = job.ToJsonString();
        mutate(job);
        await Assert.That(job.ToJsonString()).IsNotEqualTo(before);

        string opinion = await schema.ValidateAsync(job, cancellation);
        RunResult check = await helios.Run("check-job", "-").WithInput(job.ToJsonString());

        await Assert.That(opinion).IsNotEqualTo("valid");
        await Assert.That(check.ExitCode).IsEqualTo(65);
        await Assert.That(check.Stderr).Matches("^(helios: [^\n]+; [^\n]+\n)+$");
        await Assert.That(check.Stdout).IsEmpty();
    }

    private async Task<RunResult> ExportAsync(string options)
    {
        using var directory = new TestDirectory();
        RunResult result = await helios.Run(["export-job", .. options.Split(' '), "--quiet"]).In(directory);
        return result.Succeeded();
    }

    private static TestDataRow<Action<JsonObject>> Harmless(string name, Action<JsonObject> change) => new(change, DisplayName: name);
}
