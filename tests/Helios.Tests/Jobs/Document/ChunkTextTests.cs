using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

internal sealed class ChunkTextTests
{
    private static readonly ChunkView s_chunk = new()
    {
        JobId = "j1",
        Composition = "file:///srv/it's/a.html",
        Id = 3,
        StartFrame = 45,
        FrameCount = 15,
        Output = "/srv/it's $HOME/temp_j1_part_3.mov",
        Width = 1920,
        Height = 1080,
        Scale = 1.5m,
        FrameRate = Specs.Rate("30000/1001"),
    };

    [Test]
    public async Task Json_is_indented() => await Assert.That(ChunkText.Format(s_chunk, "json")).IsEqualTo("""
        {
          "jobId": "j1",
          "composition": "file:///srv/it's/a.html",
          "id": 3,
          "startFrame": 45,
          "frameCount": 15,
          "output": "/srv/it's $HOME/temp_j1_part_3.mov",
          "width": 1920,
          "height": 1080,
          "scale": 1.5,
          "frameRate": "30000/1001"
        }

        """);

    [Test]
    public async Task Env_is_assignments_that_a_shell_can_evaluate() => await Assert.That(ChunkText.Format(s_chunk, "env")).IsEqualTo("""
        HELIOS_JOB_ID='j1'
        HELIOS_COMPOSITION='file:///srv/it'\''s/a.html'
        HELIOS_CHUNK_INDEX='3'
        HELIOS_START_FRAME='45'
        HELIOS_FRAME_COUNT='15'
        HELIOS_CHUNK_OUTPUT='/srv/it'\''s $HOME/temp_j1_part_3.mov'
        HELIOS_WIDTH='1920'
        HELIOS_HEIGHT='1080'
        HELIOS_SCALE='1.5'
        HELIOS_FRAME_RATE='30000/1001'

        """);

    [Test]
    public async Task Args_are_options_on_one_line() =>
        await Assert
            .That(ChunkText.Format(s_chunk, "args"))
            .IsEqualTo(
                """--composition 'file:///srv/it'\''s/a.html' --start-frame 45 --frame-count 15 --width 1920 --height 1080 --scale 1.5 --fps 30000/1001 --output '/srv/it'\''s $HOME/temp_j1_part_3.mov'"""
                    + "\n");

    [Test]
    [Arguments("jobId", "j1", DisplayName = "job id")]
    [Arguments("composition", "file:///srv/it's/a.html", DisplayName = "composition")]
    [Arguments("id", "3", DisplayName = "id")]
    [Arguments("startFrame", "45", DisplayName = "start")]
    [Arguments("frameCount", "15", DisplayName = "count")]
    [Arguments("output", "/srv/it's $HOME/temp_j1_part_3.mov", DisplayName = "output, unquoted")]
    [Arguments("width", "1920", DisplayName = "width")]
    [Arguments("height", "1080", DisplayName = "height")]
    [Arguments("scale", "1.5", DisplayName = "scale")]
    [Arguments("frameRate", "30000/1001", DisplayName = "frame rate")]
    public async Task A_field_is_one_bare_value(string field, string value) =>
        await Assert.That(ChunkText.ValueOf(s_chunk, field)).IsEqualTo(value);

    [Test]
    public async Task An_unknown_format_is_refused() =>
        await Assert.That(Refusal.TextOf(() => ChunkText.Format(s_chunk, "jsn"))).IsEqualTo(
            "64: there is no format \"jsn\" (did you mean \"json\"?) (--format); use json, env or args");

    [Test]
    public async Task An_unknown_field_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => ChunkText.ValueOf(s_chunk, "start")))
            .IsEqualTo(
                "64: there is no field \"start\" (--field); use one of jobId, composition, id, startFrame, frameCount, output, width, height, scale, frameRate"
            );
}
