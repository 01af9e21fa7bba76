using System;
using System.Text.Json;
using CsCheck;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Os.Files;
using Helios.Plan;

namespace Helios.Tests.Support;

/// <summary>Random values that properties share.</summary>
internal static class Gens
{
    internal static readonly string[] StandardRates =
        ["24000/1001", "24/1", "25/1", "30000/1001", "30/1", "48/1", "50/1", "60000/1001", "60/1", "120000/1001", "120/1"];

    /// <summary>Text of any Unicode characters but NUL, without halves of surrogate pairs.</summary>
    internal static readonly Gen<string> Text = Gen.Frequency(
        (8, Gen.Char['\u0020', '\u007e'].Select(c => c.ToString())),
        (3, Gen.OneOf("'", "\"", "\\", "%", "\n", "$", "`", "\u0001", "\u007f", "/", "..", "\u2028", "\ufeff")),
        (2, Gen.Char['\u0001', '\ud7ff'].Select(c => c.ToString())),
        (1, Gen.Char['\ue000', '\uffff'].Select(c => c.ToString())),
        (1, Gen.OneOf("🎬", "😀", "\U0010ffff"))).Array[0, 20].Select(string.Concat);

    internal static readonly Gen<FrameRate> Rate = Gen.Frequency(
        (2, Gen.OneOf(StandardRates).Select(Specs.Rate)),
        (1, Gen.Select(Gen.Int[1, FrameRate.MaxTerm], Gen.Int[1, FrameRate.MaxTerm])
            .Where((n, d) => FrameRate.TryCreate(n, d, out _))
            .Select((n, d) => FrameRate.TryCreate(n, d, out FrameRate rate) ? rate : default)));

    /// <summary>Numbers of any magnitude: as many small ones as large ones.</summary>
    internal static Gen<long> Magnitude(long most) =>
        Gen.Select(Gen.Int[0, 62], Gen.Long[0, long.MaxValue]).Select((bits, n) => 1 + ((n & ((1L << bits) - 1)) % most));

    /// <summary>Arguments of export-job for a page on the net, all of them valid.</summary>
    internal static readonly Gen<ExportArguments> Arguments = Gen.Select(
            Rate,
            Magnitude(2000),
            Gen.Int[1, 60],
            Gen.Int[0, 4],
            Gen.OneOf("out.mp4", "deep/er/out.mov", "it's, ünï.mkv", "a b.webm"),
            Text)
        .Select(
            (rate, frames, number, way, output, title) =>
                NewArguments() with
                {
                    Output = output,
                    Fps = rate.ToString(),
                    Frames = frames.ToString(),
                    ChunkFrames = way == 0 ? number.ToString() : null,
                    Shards = way == 0 ? null : number.ToString(),
                    Split = way == 1 ? "even" : null,
                    StartFrame = way == 2 ? number.ToString() : null,
                    IsPortable = way == 3,
                    Props = "{\"title\":" + JsonSerializer.Serialize(title) + ",\"list\":[1,2.50,-1e400,{\"none\":null}]}",
                });

    internal static ExportArguments NewArguments() =>
        new()
        {
            Composition = "https://example.com/a.html",
            Width = "64",
            Height = "64",
            JobId = "j1",
        };

    /// <summary>
    /// Render options with an output that they go with: any codec in any container, with each of its pixel formats and presets.
    /// </summary>
    internal static readonly Gen<(RenderOptions Options, string Output)> Options = Gen.Select(
            Gen.OneOf(VideoCodec.All),
            Gen.Int[0, 1_000_000],
            Gen.Int[0, 1_000_000],
            Rate, Gen.UInt, Text)
        .Select(
            (codec, a, b, rate, seed, text) =>
            {
                Container container = Pick(codec.Containers, a);
                PixelFormat format = Pick(codec.PixelFormatsIn(container), b);
                string[] presets = Array.FindAll(codec.Presets, preset =>
                    codec.FullChromaPresets.Length == 0 || codec.IsFullChroma(preset) == (format.Chroma == Chroma.Full));
                RenderMode mode = Pick(RenderMode.All, a);
                var options = new RenderOptions
                {
                    Width = 2 + (2 * (a % 4000)),
                    Height = 2 + (2 * (b % 4000)),
                    FrameRate = container == Container.Gif ? FrameRate.OfWhole(1 + (a % 50)) : rate,
                    Duration = Specs.Seconds(1 + (b / 1000m)),
                    StartFrame = a,
                    Mode = mode,
                    Selector = mode == RenderMode.Canvas && text.Length > 0 ? text : null,
                    Capture = mode == RenderMode.Canvas ? Pick(CaptureMode.All, b) : Pick([CaptureMode.Screenshot, CaptureMode.Paint], b),
                    History = Pick(History.All, a),
                    VideoCodec = codec,
                    Quality = codec.HasQuality ? Math.Max(codec.BestQuality, b % (codec.WorstQuality + 1)) : 0,
                    Preset = presets.Length == 0 ? null : Pick(presets, b),
                    PixelFormat = format,
                    AudioCodec = Pick(container.AudioCodecs, b),
                    Seed = seed,
                };
                return (options, "/srv/a%d." + container);
            });

    /// <summary>Plans as export-job does in a directory.</summary>
    internal static JobPlan Plan(ExportArguments arguments, string directory = "/srv/spots") =>
        JobPlanner.Plan(arguments.ToRequest(() => Guid.Empty), directory, InputFile.OpenRegular);

    private static T Pick<T>(T[] values, int number) => values[number % values.Length];
}
