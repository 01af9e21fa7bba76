using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Input that looks wrong and is not.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class OddInputTests(NativeBinary helios)
{
    public static IEnumerable<TestDataRow<string>> FileNames()
    {
        foreach (
            string name in (string[])
                [
                    "two words.html", "it's.html", "\"quoted\".html", "a#b.html", "100%.html", "%41.html", "what?.html", "two\nlines.html",
                    "tab\t.html", "grüße-日本-🎬.html", "-dash.html", "--shards", "back\\slash.html", "a:b.html", "http:page",
                    "a&b=c;d+e,f@g!$.html", "(x)[y]{z}^`|~*.html", " ", "page", "~", "$(touch pwned).html",
                ])
        {
            yield return new(name, DisplayName: name.ReplaceLineEndings("\\n").Replace("$", "dollar", StringComparison.Ordinal));
        }
    }

    [Test]
    [MethodDataSource(nameof(FileNames))]
    public async Task The_url_of_a_file_decodes_to_its_very_name(string name)
    {
        using var directory = new TestDirectory();
        directory.Write(name, "page");

        RunResult result = await helios.Run("export-job", "--", name).In(directory);

        string url = (string)result.Succeeded().Json["composition"]!;
        await Assert.That(url).Matches("^file:///[A-Za-z0-9._~/%-]*$");
        await Assert.That(new Uri(url).LocalPath).IsEqualTo(directory.PathOf(name));
    }

    [Test]
    public async Task Node_decodes_the_urls_to_the_same_names()
    {
        using var directory = new TestDirectory();
        const string Name = "grüße 100% #1?\n'\"\\&.html";
        directory.Write(Name, "page");
        string url = (string)(await helios.Run("export-job", Name).In(directory)).Succeeded().Json["composition"]!;

        RunResult node = await Tool.Run(
            "node", "nodejs", "-e", "process.stdout.write(require('url').fileURLToPath(new URL(process.argv[1])))", url);

        await Assert.That(node.Succeeded().Stdout).IsEqualTo(directory.PathOf(Name));
    }

    [Test]
    [MethodDataSource(nameof(FileNames))]
    public async Task The_reference_of_a_portable_job_leads_back_to_the_file(string name)
    {
        using var directory = new TestDirectory();
        directory.Write(name, "page");
        directory.Write("job.json", (await helios.Run("export-job", "--portable", "--", name).In(directory)).Succeeded().Stdout);

        RunResult shown = await helios.Run("show-chunk", "job.json", "--field", "composition").In(directory);

        await Assert.That(new Uri(shown.Succeeded().Stdout.TrimEnd('\n')).LocalPath).IsEqualTo(directory.PathOf(name));
    }

    [Test]
    [Arguments("http://host/page.html?title=A%20b&n=1#part")]
    [Arguments("https://user@host:8443/p;v=1/?a=[b]&c='d'")]
    [Arguments("HTTP://Host/")]
    [Arguments("http://[::1]:3000/x")]
    public async Task A_url_on_the_net_stays_as_it_was_typed(string url)
    {
        using var directory = new TestDirectory();

        JsonObject job = (await helios.Run("export-job", url).In(directory)).Succeeded().Json;

        await Assert.That((string)job["composition"]!).IsEqualTo(url);
        await Assert.That(job.ContainsKey("compositionDigest")).IsFalse();
    }

    [Test]
    public async Task A_file_url_names_the_same_composition_as_the_path()
    {
        using var directory = new TestDirectory();
        directory.Write("a b.html", "page");

        RunResult path = await helios.Run("export-job", "a b.html", "--job-id", "j").In(directory);
        RunResult url = await helios.Run("export-job", $"file://{directory.Path}/a%20b.html", "--job-id", "j").In(directory);

        await Assert.That(url.Succeeded().Stdout).IsEqualTo(path.Succeeded().Stdout);
    }

    [Test]
    public async Task The_digest_is_that_of_sha256sum()
    {
        using var directory = new TestDirectory();

        string digest = (string)(await helios.Run("export-job", "page.html").In(directory)).Succeeded().Json["compositionDigest"]!;
        RunResult sum = await Tool.Run("sha256sum", "coreutils", "page.html").In(directory);

        await Assert.That(digest).IsEqualTo("sha256:" + sum.Succeeded().Stdout.Split(' ')[0]);
    }

    [Test]
    public async Task A_base_url_maps_the_current_directory_onto_a_server()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("my spots");
        File.Copy(directory.PathOf("page.html"), directory.PathOf("my spots", "a#1.html"));

        JsonObject job = (await helios.Run("export-job", "my spots/a#1.html", "--base-url", "https://host/spots/").In(directory))
            .Succeeded()
            .Json;

        await Assert.That((string)job["composition"]!).IsEqualTo("https://host/spots/my%20spots/a%231.html");
    }

    [Test]
    [Arguments("29.97", "30000/1001", "29.97003")]
    [Arguments("23.976", "24000/1001", "23.976024")]
    [Arguments("59.94", "60000/1001", "59.94006")]
    [Arguments("30000/1001", "30000/1001", "29.97003")]
    [Arguments("ntsc", "30000/1001", "29.97003")]
    [Arguments("FILM", "24/1", "24")]
    [Arguments("60/2", "30/1", "30")]
    [Arguments("12.5", "25/2", "12.5")]
    [Arguments("0.01", "1/100", "0.01")]
    [Arguments("1000", "1000/1", "1000")]
    public async Task The_frame_rate_is_exact(string fps, string exact, string number)
    {
        using var directory = new TestDirectory();

        JsonNode options = (await helios.Run("export-job", "page.html", "--frames", "90", "--fps", fps).In(directory)).Succeeded().Json[
            "renderOptions"
        ]!;

        await Assert.That((string)options["frameRate"]!).IsEqualTo(exact);
        await Assert.That(options["fps"]!.ToJsonString()).IsEqualTo(number);
    }

    [Test]
    [Arguments("90f", "30", 90)]
    [Arguments("90f", "29.97", 90)]
    [Arguments("2.2", "25", 55, DisplayName = "2.2 s at 25 fps, of which binary floating point makes 56")]
    [Arguments("0.001", "30", 1)]
    [Arguments("1:30", "30", 2700)]
    [Arguments("00:01:30.5", "30", 2715)]
    [Arguments("1000000000f", "1000", 1_000_000_000)]
    public async Task The_number_of_frames_is_exact(string duration, string fps, int frames)
    {
        using var directory = new TestDirectory();

        JsonObject job = (await helios.Run("export-job", "page.html", "--duration", duration, "--fps", fps).In(directory)).Succeeded().Json;

        await Assert.That((int)job["totalFrames"]!).IsEqualTo(frames);
    }

    [Test]
    public async Task Odd_sizes_are_fine_where_the_pixel_format_has_them()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .Run("export-job", "page.html", "--width", "1919", "--height", "1079", "--pixel-format", "yuv444p")
            .In(directory);

        await Assert.That((int)result.Succeeded().Json["renderOptions"]!["width"]!).IsEqualTo(1919);
    }

    [Test]
    public async Task Props_come_from_the_command_line_or_from_a_file_and_stay_what_they_are()
    {
        using var directory = new TestDirectory();
        const string Props = """{"title":"Q3 \"grüße\" 日本","big":12345678901234567890,"tiny":1e-7,"list":[1,{"a":null}]}""";
        directory.Write("props.json", Props);

        RunResult typed = await helios.Run("export-job", "page.html", "--job-id", "j", "--props", Props).In(directory);
        RunResult file = await helios.Run("export-job", "page.html", "--job-id", "j", "--props", "@props.json").In(directory);

        await Assert.That(typed.Succeeded().Stdout).IsEqualTo(file.Succeeded().Stdout);
        string written = (await helios.Run("export-job", "page.html", "--compact", "--props", Props).In(directory)).Succeeded().Stdout;
        await Assert.That(written).Contains("\"props\":" + Props);
    }
}
