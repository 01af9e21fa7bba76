using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Media;
using Helios.Os.Files;

namespace Helios.Merge;

/// <summary>
/// A GIF with one palette for all frames: a first pass over the chunks computes the palette, a second draws with it. One pass would
/// have to keep all frames in memory.
/// </summary>
/// <param name="spec">A valid spec.</param>
/// <param name="path">Absolute path of the output.</param>
internal sealed class GifOutput(JobSpec spec, string path) : IMergeOutput
{
    public void CheckTarget() => OutputDirectory.CheckTarget(path);

    public string? Make(ConcatPass feed, string temporary)
    {
        using var palette = MemoryFile.Create("the palette", static _ => { });
        feed.Run(ImageArgs.MakePalette(spec.RenderOptions, palette.Path), output: null, pass: 0, passes: 2);
        if (palette.Length != ImageArgs.PaletteBytes) return "ffmpeg found no palette";
        feed.Run(ImageArgs.MakeGif(spec, palette.Path, temporary), temporary, pass: 1, passes: 2);
        return VideoCheck.CheckResult(temporary, spec, samples: 0);
    }

    public long Publish(string temporary) => AtomicFile.Publish(temporary, path);
}
