using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>What a video says of itself: what was asked for, and nothing else.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class MetadataTests(NativeBinary helios)
{
    private const string Title = "  a=b; 'c' \"d\" \\ $HOME 日本 🎬 % -metadata title=x";

    [Test]
    [Arguments("film.mp4")]
    [Arguments("film.mov")]
    [Arguments("film.mkv")]
    [Arguments("film.webm")]
    public async Task A_video_has_its_title_and_its_creation_time_and_by_default_none(string output)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "6", "--shards", "2", "-o", output);
        await place.RenderAllAsync();
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        byte[] first = await File.ReadAllBytesAsync(place.Directory.PathOf(output));
        JsonObject plain = await TagsAsync(place, output);
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        bool isSame = (await File.ReadAllBytesAsync(place.Directory.PathOf(output))).AsSpan().SequenceEqual(first);
        var frames = await Video.HashAsync(place.Directory.PathOf(output));

        await place.PlanAsync(
            "--frames", "6", "--shards", "2", "-o", output, "--title=" + Title, "--creation-time", "2031-02-03T04:05:06Z");
        (await place.Run("merge-chunks", "job.json")).Succeeded(); // chunks of the same frames are used again
        byte[] told = await File.ReadAllBytesAsync(place.Directory.PathOf(output));
        JsonObject tags = await TagsAsync(place, output);
        (await place.Run("merge-chunks", "job.json")).Succeeded();

        await Assert.That(isSame).IsTrue();
        foreach (string name in (string[])["title", "creation_time", "TITLE", "date"])
            await Assert.That(plain.ContainsKey(name)).IsFalse().Because(name);
        await Assert.That((string)tags["title"]!).IsEqualTo(Title);
        await Assert.That((string)tags["creation_time"]!).StartsWith("2031-02-03T04:05:06.000");
        await Assert.That((await File.ReadAllBytesAsync(place.Directory.PathOf(output))).AsSpan().SequenceEqual(told)).IsTrue();
        await Assert.That(await Video.HashAsync(place.Directory.PathOf(output))).IsEquivalentTo(frames);
    }

    [Test]
    [Arguments("--creation-time", "yesterday", "out.mp4",
        "\"yesterday\" is not a time (--creation-time); give a time in UTC such as 2026-11-29T14:00:00Z, from 1970 to 2399, a date, or now")]
    [Arguments("--creation-time", "2026-02-30", "out.mp4",
        "\"2026-02-30\" is not a time (--creation-time); give a time in UTC such as 2026-11-29T14:00:00Z, from 1970 to 2399, a date, or now")]
    [Arguments("--creation-time", "2026-11-29", "out.gif",
        "a .gif file has no creation time (--creation-time); leave it out, or render a video")]
    [Arguments("--title", "a", "%d.png", "a .png file has no title (--title); leave it out, or render a video")]
    [Arguments("--title", "a\nb", "out.mp4", "the title has a line break or another control character (--title); give one line of text")]
    public async Task What_a_file_cannot_say_is_64(string option, string value, string output, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("page.html", "<!doctype html>");

        RunResult result = await helios.Run("export-job", "page.html", "-o", output, option, value).In(directory);

        await Assert.That((result.ExitCode, result.Stderr)).IsEqualTo((64, $"helios: {message}\n"));
    }

    private static async Task<JsonObject> TagsAsync(RenderPlace place, string output) =>
        (await Tool.Run("ffprobe", "ffmpeg", "-v", "error", "-show_format", "-of", "json", place.Directory.PathOf(output)))
            .Succeeded()
            .Json["format"]!
            ["tags"]
            ?.AsObject()
        ?? [];
}
