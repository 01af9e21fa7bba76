using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Plan;

internal sealed class JobPlannerTests
{
    private const string Sha256OfAbc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Test]
    public async Task A_local_composition_becomes_a_url_and_is_pinned()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("my page #1.html", "abc");

        JobSpec spec = Plan(folder, arguments => arguments with { Composition = "my page #1.html" }).Spec;

        await Assert.That(spec.Composition).IsEqualTo($"file://{folder.FullPath}/my%20page%20%231.html");
        await Assert.That(spec.CompositionDigest).IsEqualTo(Sha256OfAbc);
        await Assert.That(spec.Output).IsEqualTo(folder["output.mp4"]);
    }

    [Test]
    public async Task A_file_url_names_a_file()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a b.html", "abc");

        JobSpec spec = Plan(folder, arguments => arguments with { Composition = $"file://{folder.FullPath}/a%20b.html" }).Spec;

        await Assert.That((spec.Composition, spec.CompositionDigest)).IsEqualTo(($"file://{folder.FullPath}/a%20b.html", Sha256OfAbc));
    }

    [Test]
    [Arguments(null, null, "screenshot")]
    [Arguments("canvas", null, "screenshot")] // the page may lack the file system that pixels go through
    [Arguments("canvas", "canvas", "canvas")]
    public async Task A_page_on_the_net_is_captured_by_screenshot_unless_asked_otherwise(string? mode, string? capture, string expected)
    {
        using var folder = new TemporaryDirectory();

        JobSpec spec = Plan(folder, arguments =>
            arguments with
            {
                Composition = "https://example.com/a.html",
                Mode = mode,
                Capture = capture,
            }
        ).Spec;

        await Assert.That(spec.RenderOptions.Capture.Name).IsEqualTo(expected);
    }

    [Test]
    public async Task A_page_on_the_net_cannot_be_captured_by_paint()
    {
        using var folder = new TemporaryDirectory();

        await Assert
            .That(
                Refusal.TextOf(() =>
                    Plan(folder, arguments => arguments with { Composition = "https://example.com/a.html", Capture = "paint" })))
            .IsEqualTo("64: a composition on the net cannot be captured by paint (--capture); use --capture screenshot, or a local copy");
    }

    [Test]
    public async Task A_file_may_be_named_like_a_url()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("ftp:x.html", "abc");

        await Assert
            .That(Plan(folder, arguments => arguments with { Composition = "ftp:x.html" }).Spec.Composition)
            .IsEqualTo($"file://{folder.FullPath}/ftp%3Ax.html");
    }

    [Test]
    public async Task A_page_on_the_net_stays_as_it_is()
    {
        JobSpec spec = Plan("/srv/spots", arguments => arguments with { Composition = "https://example.com/a.html?x=1#top" }).Spec;

        await Assert.That((spec.Composition, spec.CompositionDigest)).IsEqualTo(("https://example.com/a.html?x=1#top", null));
    }

    [Test]
    [Arguments("https://cdn.example.com/spots", DisplayName = "without slash")]
    [Arguments("https://cdn.example.com/spots/", DisplayName = "with slash")]
    public async Task A_base_url_maps_the_current_directory(string baseUrl)
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["sub"]);
        folder.Add("sub/a b.html", "abc");

        JobSpec spec = Plan(folder, arguments => arguments with { Composition = "sub/a b.html", BaseUrl = baseUrl }).Spec;

        await Assert.That((spec.Composition, spec.CompositionDigest)).IsEqualTo(("https://cdn.example.com/spots/sub/a%20b.html", null));
    }

    [Test]
    public async Task A_portable_job_is_relative_to_the_job_file()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["jobs"]);
        folder.Add("a b.html", "abc");

        JobPlan plan = Plan(folder, arguments =>
            arguments with
            {
                Composition = "a b.html",
                Output = "jobs/out/x.mp4",
                Job = "jobs/job.json",
                IsPortable = true,
            });

        await Assert
            .That((plan.Spec.Composition, plan.Spec.Output, plan.ChunkFiles[0]))
            .IsEqualTo(("../a%20b.html", "out/x.mp4", "out/temp_j1_part_0.mov"));
    }

    /// <summary>A run resumes what the same request left, and nothing else.</summary>
    [Test]
    public async Task A_request_without_an_id_is_named_by_what_is_rendered_and_where_to()
    {
        string Id(Func<ExportArguments, ExportArguments> change) =>
            JobPlanner.Plan(change(Gens.NewArguments() with { JobId = null }).ToRequest(), "/srv/spots", InputFile.OpenRegular).Spec.JobId;

        string id = Id(arguments => arguments);

        await Assert.That(id.Length).IsEqualTo(12);
        await Assert
            .That((Id(arguments => arguments with { Shards = "3" }), Id(arguments => arguments with { AudioCodec = "none" })))
            .IsEqualTo((id, id));
        await Assert.That(Id(arguments => arguments with { Output = "other.mp4" })).IsNotEqualTo(id);
        await Assert.That(Id(arguments => arguments with { Seed = "7" })).IsNotEqualTo(id);
    }

    [Test]
    public async Task The_same_request_gives_the_same_portable_bytes_in_any_directory()
    {
        using var one = new TemporaryDirectory();
        using var other = new TemporaryDirectory();
        one.Add("a.html", "abc");
        other.Add("a.html", "abc");
        static ExportArguments Change(ExportArguments arguments) => arguments with { Composition = "a.html", IsPortable = true };

        await Assert.That(Specs.Write(Plan(one, Change)).AsSpan().SequenceEqual(Specs.Write(Plan(other, Change)))).IsTrue();
    }

    /// <summary>Routers and pages with values in their address read it.</summary>
    [Test]
    [Arguments("a.html?lang=de#/slides/2", "a.html?lang=de#/slides/2")]
    [Arguments("a.html#top", "a.html#top")]
    [Arguments("what?#.html", "what%3F%23.html", DisplayName = "marks in the name of a file")]
    [Arguments("what?#.html?x=1", "what%3F%23.html?x=1", DisplayName = "marks in the name and a query")]
    public async Task A_query_and_a_fragment_stay_with_the_page(string typed, string expected)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        folder.Add("what?#.html", "abc");

        JobSpec portable = Plan(folder, arguments => arguments with { Composition = typed, IsPortable = true, Job = "job.json" }).Spec;
        JobSpec spec = Plan(folder, arguments => arguments with { Composition = typed }).Spec;

        await Assert.That(portable.Composition).IsEqualTo(expected);
        await Assert.That(spec.Composition).IsEqualTo($"file://{folder[""].TrimEnd('/')}/{expected}");
        await Assert.That(CompositionUrl.TryGetPath(spec.Composition, "/", out string path) && File.Exists(path)).IsTrue();
        await Assert.That(portable.CompositionDigest).IsEqualTo(spec.CompositionDigest);
    }

    [Test]
    [Arguments("/dev/null", null, "66: the file cannot be read: a device or pipe is there (/dev/null); name a file",
        DisplayName = "device")]
    [Arguments("missing.html", null,
        "66: the composition does not exist (missing.html); check the path; relative paths start in the current directory",
        DisplayName = "missing file")]
    [Arguments("sub", null, "66: the composition is a directory (sub); name the page in it, such as sub/index.html",
        DisplayName = "directory")]
    [Arguments("ftp://host/a.html", null,
        "64: only files and http(s) pages can be rendered, not ftp: (<composition>); give a path or an http(s) URL",
        DisplayName = "another scheme")]
    [Arguments("file:///missing.html?x=1", null,
        "66: the composition does not exist (file:///missing.html?x=1); check the path; relative paths start in the current directory",
        DisplayName = "file URL with a query")]
    [Arguments("a.html?x=a b", null,
        "64: \"?x=a b\" is not the query or fragment of a URL: blanks and characters that a URL cannot hold must be percent-encoded (<composition>); percent-encode it, or give the page its values with --props",
        DisplayName = "query with a blank")]
    [Arguments("missing.html?x=1", null,
        "66: the composition does not exist (missing.html?x=1); check the path; relative paths start in the current directory",
        DisplayName = "missing file with a query")]
    [Arguments("https://a b/", null,
        "64: \"https://a b/\" is not a URL: blanks and characters that a URL cannot hold must be percent-encoded (<composition>); percent-encode it, or quote it for the shell",
        DisplayName = "URL with a blank")]
    [Arguments("https://a/b", "https://c", "64: the composition is a URL already (--base-url); leave --base-url out, or name a local file",
        DisplayName = "base URL for a URL")]
    [Arguments("a.html", "ftp://c",
        "64: \"ftp://c\" is not a base URL (--base-url); give an http(s) URL without query, such as https://host/spots/",
        DisplayName = "base URL over ftp")]
    [Arguments("a.html", "https://c/?x",
        "64: \"https://c/?x\" is not a base URL (--base-url); give an http(s) URL without query, such as https://host/spots/",
        DisplayName = "base URL with a query")]
    [Arguments("/etc/hostname", "https://c",
        "64: \"/etc/hostname\" is not below the current directory, which --base-url maps onto the server (--base-url); change to the directory that the server shows",
        DisplayName = "base URL for a file elsewhere")]
    public async Task A_composition_that_cannot_be_rendered_is_refused(string composition, string? baseUrl, string refusal)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.html", "abc");
        Directory.CreateDirectory(folder["sub"]);

        await Assert
            .That(Refusal.TextOf(() => Plan(folder, arguments => arguments with { Composition = composition, BaseUrl = baseUrl })))
            .IsEqualTo(refusal);
    }

    [Test]
    [Arguments("../out.mp4", true,
        "64: with --portable the output stays below the job file's directory, but \"../out.mp4\" is not (--output); put the job file above the output, or leave --portable out",
        DisplayName = "portable output above the job file")]
    [Arguments("tcp:a.mp4", true,
        "64: \"tcp:a.mp4\" is not a file that helios can write: ffmpeg would take that for a protocol, expected a path (--output); give a path such as out/video.mp4",
        DisplayName = "portable output like a protocol")]
    [Arguments("/dev/a.mp4", false,
        "64: \"/dev/a.mp4\" is not a file that helios can write: files below /dev/ are devices (--output); give a path such as out/video.mp4",
        DisplayName = "device")]
    [Arguments("../../dev/a.mp4", false,
        "64: \"../../dev/a.mp4\" is not a file that helios can write: files below /dev/ are devices (--output); give a path such as out/video.mp4",
        DisplayName = "device, spelled otherwise")]
    public async Task An_output_that_cannot_be_written_is_refused(string output, bool isPortable, string refusal) =>
        await Assert
            .That(Refusal.TextOf(() => Plan("/srv/spots", arguments => arguments with { Output = output, IsPortable = isPortable })))
            .IsEqualTo(refusal);

    [Test]
    public async Task A_path_that_is_too_long_is_refused() =>
        await Assert
            .That(
                Refusal.TextOf(() => Plan("/srv/spots", arguments => arguments with { Composition = "https://a/" + new string('a', 4096) }))
            )
            .IsEqualTo("64: a path or URL is longer than 4096 characters (command line); use a shorter one");

    [Test]
    [Arguments("60", "4", "60 frames at 30 fps in 4 chunks of 15", DisplayName = "equal chunks")]
    [Arguments("5", "4", "5 frames at 30 fps in 3 chunks of up to 2", DisplayName = "a short last chunk")]
    [Arguments("1", "1", "1 frame at 30 fps in 1 chunk of 1", DisplayName = "one of each")]
    public async Task A_plan_is_summed_up_in_a_line(string frames, string shards, string summary) =>
        await Assert
            .That(Plan("/srv/spots", arguments => arguments with { Frames = frames, Shards = shards }).Summarize())
            .IsEqualTo(summary);

    private static JobPlan Plan(TemporaryDirectory folder, Func<ExportArguments, ExportArguments> change) => Plan(folder.FullPath, change);

    private static JobPlan Plan(string directory, Func<ExportArguments, ExportArguments> change) =>
        Gens.Plan(change(Gens.NewArguments()), directory);
}
