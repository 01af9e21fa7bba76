using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>The examples: the commands of their READMEs make videos, and the picture is a frame of the page.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed partial class ExampleRenderTests(NativeBinary helios)
{
    private const string SecondRow = """{"name":"Bo & Sons, Ltd","color":"#35d6b4","q1":12,"q2":30,"q3":44,"q4":38}""";
    private const double MostOff = 6; // of 255: fonts and kinds of processor differ between machines

    public static IEnumerable<string> Examples() =>
        Directory
            .EnumerateDirectories(Repository.PathOf("examples"))
            .Select(folder => Path.GetFileName(folder));

    /// <summary>Small and of few frames, which is otherwise the same.</summary>
    [Test]
    [MethodDataSource(nameof(Examples))]
    public async Task The_commands_make_videos(string example)
    {
        using var directory = new TestDirectory();
        await CopyExamplesAsync(directory);

        foreach (string command in CommandsOf(example))
        {
            bool hasSize = example == "hyperframes" || command.Contains("--width", StringComparison.Ordinal); // the page is of one size
            string small =
                command
                + (command.Contains(".html", StringComparison.Ordinal) ? " --fps 5" + (hasSize ? "" : " --width 320 --height 180") : "");
            RunResult result = await helios.RunScript(small).In(directory);
            await Assert.That(result.ExitCode).IsEqualTo(0).Because($"{example} says: {command}\nstderr: {result.Stderr}");
        }

        string[] videos = [.. Directory.EnumerateFiles(directory.Path, "*.mp4")];
        await Assert.That(videos.Length).IsEqualTo(example == "rows" ? 2 : 1);
        foreach (string video in videos)
        {
            IReadOnlyList<(long Time, string Digest)> frames = await Video.HashAsync(video);
            await Assert.That(frames.Count).IsEqualTo(5 * SecondsOf(example));
            await Assert.That(frames.Select(frame => frame.Digest).Distinct().Count()).IsGreaterThan(3).Because("something moves");
        }
    }

    [Test]
    [MethodDataSource(nameof(Examples))]
    public async Task The_picture_is_a_frame_of_the_page(string example)
    {
        string picture = Repository.PathOf("examples", example, "frame.png");
        byte[] header = await File.ReadAllBytesAsync(picture);
        int width = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20));
        string frame = FramePattern().Match(await File.ReadAllTextAsync(ReadMeOf(example))).Groups[1].Value;
        using var directory = new TestDirectory();
        await CopyExamplesAsync(directory);
        string[] props = example switch
        {
            "rows" => ["--props", SecondRow],
            "props" => ["--props", "@" + Repository.PathOf("examples", "props", "props.json")],
            _ => [],
        };

        (
            await helios
                .Run([
                    "render",
                    directory.PathOf("examples", example, "composition.html"),
                    "--still", frame, "--width", $"{width}", "--height", $"{height}", "-o", "frame.png", .. props,
                ])
                .In(directory)
        ).Succeeded();

        byte[] shown = await Video.DecodeAsync(picture);
        byte[] drawn = await Video.DecodeAsync(directory.PathOf("frame.png"));
        double off = shown.Zip(drawn, (one, other) => Math.Abs(one - other)).Average();
        await Assert.That(shown.Length).IsEqualTo(drawn.Length);
        await Assert.That(off).IsLessThan(MostOff);
    }

    /// <summary>What the README of an example gets from npm is what npm installs for the tests.</summary>
    [Test]
    public async Task The_example_with_three_asks_for_the_version_that_the_tests_have()
    {
        string asked = await File.ReadAllTextAsync(Repository.PathOf("examples", "three", "package.json"));
        string tested = await File.ReadAllTextAsync(Repository.PathOf("tests", "Helios.EndToEnd", "node", "package.json"));

        await Assert.That(await File.ReadAllTextAsync(ReadMeOf("three"))).Contains("\n    npm install --prefix examples/three\n");
        await Assert.That(VersionOfThree(asked)).IsEqualTo(VersionOfThree(tested));
    }

    private static string VersionOfThree(string package) => (string)JsonNode.Parse(package)!["dependencies"]!["three"]!;

    /// <summary>The examples, with what npm would have installed for them.</summary>
    private static async Task CopyExamplesAsync(TestDirectory directory)
    {
        (await Tool.Run("cp", "coreutils", "-r", Repository.PathOf("examples"), directory.Path)).Succeeded();
        string build = Path.Combine(Repository.Project, "node", "node_modules", "three", "build");
        if (!Directory.Exists(build)) throw new DirectoryNotFoundException("run npm ci in tests/Helios.EndToEnd/node, as test.sh does");
        directory.CreateFolder("examples/three/node_modules/three/build");
        foreach (string file in (string[])["three.module.js", "three.core.js"])
            File.Copy(Path.Combine(build, file), directory.PathOf("examples/three/node_modules/three/build", file), overwrite: true);
    }

    /// <summary>As its README says; the page of HyperFrames says it itself.</summary>
    private static int SecondsOf(string example) =>
        example == "hyperframes"
            ? 3
            : int.Parse(DurationPattern().Match(CommandsOf(example)[0]).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string ReadMeOf(string example) => Repository.PathOf("examples", example, "README.md");

    private static IReadOnlyList<string> CommandsOf(string example)
    {
        string[] commands =
        [
            .. File.ReadLines(ReadMeOf(example))
                .Where(line => line.StartsWith("    helios ", StringComparison.Ordinal))
                .Select(line => line.Trim()),
        ];
        return commands.Length > 0
            ? commands
            : throw new InvalidOperationException($"the README of {example} has no indented line that begins with \"helios \"");
    }

    [GeneratedRegex(@"--duration (\d+)\b")]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"!\[Frame (\d+)")]
    private static partial Regex FramePattern();
}
