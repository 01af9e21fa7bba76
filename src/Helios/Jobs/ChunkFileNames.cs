using System.Globalization;

namespace Helios.Jobs;

/// <summary>
/// Paths of a job's chunk files: <c>&lt;directory of output&gt;/temp_&lt;jobId&gt;_part_&lt;id&gt;.&lt;extension&gt;</c>.
/// </summary>
/// <param name="prefix">Everything before the id.</param>
/// <param name="extension">Extension without its dot.</param>
internal readonly struct ChunkFileNames(string prefix, string extension)
{
    internal string Prefix => prefix;

    internal string Extension => extension;

    internal string this[int id] => string.Concat(prefix, id.ToString(CultureInfo.InvariantCulture), ".", extension);

    internal static ChunkFileNames For(JobSpec spec) => new(
        string.Concat(JobPaths.DirectoryOf(spec.Output), "temp_", spec.JobId, "_part_"),
        spec.RenderOptions.VideoCodec.ChunkContainerFor(spec.RenderOptions.PixelFormat).Name);
}
