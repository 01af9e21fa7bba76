using System.Text;
using System.Threading.Tasks;
using Helios.Plan.Rows;
using Helios.Tests.Support;

namespace Helios.Tests.Plan.Rows;

internal sealed class OutputPatternTests
{
    private const string Fix = "write a path such as 'out/{id}.mp4': {field} for a field of the row, {{ and }} for braces";

    [Test]
    [Arguments("out/{id}.mp4", "{\"id\":\"a1\"}", "out/a1.mp4")]
    [Arguments("{a}/{b}-{a}.webm", "{\"b\":true,\"a\":1.50}", "1.50/true-1.50.webm", DisplayName = "several, numbers as written")]
    [Arguments("{{{id}}}.mp4", "{\"id\":\"x\"}", "{x}.mp4", DisplayName = "braces")]
    [Arguments("out/{id}.mp4", "{\"id\":\"é 'ü' $(x)\"}", "out/é 'ü' $(x).mp4", DisplayName = "any letters")]
    [Arguments("../up/{id}.mp4", "{\"id\":\"x\"}", "../up/x.mp4", DisplayName = "dots of the user")]
    [Arguments("all.mp4", "{}", "all.mp4", DisplayName = "none")]
    public async Task A_field_stands_for_its_value(string pattern, string props, string expected) =>
        await Assert.That(new OutputPattern(pattern).Format(Encoding.UTF8.GetBytes(props), "r, line 1")).IsEqualTo(expected);

    [Test]
    [Arguments("out/{id}.mp4", "{\"a\":1}",
        "the row has no \"id\", which the name of its video needs (r, line 7); give it one, or leave {id} out of --output")]
    [Arguments("out/{id}.mp4", "{\"id\":\"../x\"}",
        "\"id\" is \"../x\", which would lead into another directory, and names the video (r, line 7); give the row another value")]
    [Arguments("out/{id}.mp4", "{\"id\":\"a\\\\b\"}",
        "\"id\" is \"a\\b\", which would lead into another directory, and names the video (r, line 7); give the row another value")]
    [Arguments("out/{id}.mp4", "{\"id\":\"a\\u0000\"}",
        "\"id\" is \"a\\u0000\", which holds a control character, and names the video (r, line 7); give the row another value")]
    [Arguments("out/{id}.mp4", "{\"id\":\"\"}",
        "\"id\" is \"\", which is empty, and names the video (r, line 7); give the row another value")]
    [Arguments("out/{id}.mp4", "{\"id\":null}", "\"id\" is null, and names the video (r, line 7); give it a text or a number")]
    [Arguments("out/{id}.mp4", "{\"id\":[1]}", "\"id\" is no single value, and names the video (r, line 7); give it a text or a number")]
    [Arguments("{a}{b}/x.mp4", "{\"a\":\".\",\"b\":\".\"}",
        "\"..\" cannot be a name in the path of the row's video: \"..\" could lead out of the directory (r, line 7); give the row other values")]
    [Arguments("{a}/x.mp4", "{\"a\":\".\"}",
        "\".\" cannot be a name in the path of the row's video: that is a directory, expected a file (r, line 7); give the row other values")]
    [Arguments("{id}.mp4", "{\"id\":\"http:x\"}",
        "\"http:x.mp4\" cannot be a name in the path of the row's video: ffmpeg would take that for a protocol, expected a path (r, line 7); give the row other values")]
    public async Task What_cannot_be_part_of_a_name_is_refused_with_its_row(string pattern, string props, string expected) =>
        await Assert
            .That(Refusal.TextOf(() => new OutputPattern(pattern).Format(Encoding.UTF8.GetBytes(props), "r, line 7")))
            .IsEqualTo("65: " + expected);

    [Test]
    [Arguments("out/{id.mp4", "\"out/{id.mp4\" has a brace without its partner")]
    [Arguments("out/id}.mp4", "\"out/id}.mp4\" has a brace without its partner")]
    [Arguments("out/{}.mp4", "\"out/{}.mp4\" has a field without a name")]
    [Arguments("{a/b}.mp4", "\"{a/b}.mp4\" has a field with a brace or slash in its name")]
    [Arguments("out/{id}", "\"out/{id}\" does not end with the extension of a video")]
    [Arguments("out/{id}.txt", "\"out/{id}.txt\" does not end with the extension of a video")]
    [Arguments("out/a.{kind}", "\"out/a.{kind}\" does not end with the extension of a video")]
    [Arguments("out/{id}/%05d.png", "a row is a video or GIF, not many images")]
    public async Task A_wrong_pattern_is_refused(string pattern, string expected) =>
        await Assert.That(Refusal.TextOf(() => _ = new OutputPattern(pattern))).IsEqualTo($"64: {expected} (--output); {Fix}");

    [Test]
    [Arguments("out/deep/{id}.mp4", "out/deep/")]
    [Arguments("out/a{id}/x.mp4", "out/")]
    [Arguments("{id}.mp4", "")]
    [Arguments("/{id}.mp4", "/")]
    public async Task The_directory_that_all_rows_share_is_known(string pattern, string expected) =>
        await Assert.That(new OutputPattern(pattern).FixedDirectory).IsEqualTo(expected);
}
