using System.Globalization;
using Helios.Jobs;

namespace Helios.Run;

/// <summary>
/// Holds the versions of browser and encoder that rendered a job's chunks against each other as soon as they are known:
/// the merge would refuse the mixture after everything was rendered, and again after every rerun.
/// </summary>
/// <param name="jobId">The job.</param>
/// <param name="allowsMixed">Whether any mixture goes.</param>
internal sealed class VersionTally(string jobId, bool allowsMixed)
{
    private string? _versions;
    private int _firstChunk;

    /// <exception cref="HeliosException">65: it was rendered by others than the chunks before.</exception>
    internal void Add(Chunk chunk, Receipt receipt)
    {
        if (allowsMixed) return;
        string versions = ErrorText.OneLine($"{receipt.Browser} and ffmpeg {receipt.Encoder}");
        if (_versions is null) (_versions, _firstChunk) = (versions, chunk.Id);
        if (versions == _versions) return;
        throw new HeliosException(ExitCode.Invalid,
            string.Create(CultureInfo.InvariantCulture, $"chunk {_firstChunk} was rendered by {_versions}, but chunk {chunk.Id} by {versions}, so seams may be seen"), $"job {jobId}",
            "render all of it again with --fresh, or go on as it is with --allow-mixed");
    }
}
