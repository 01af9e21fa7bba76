namespace Helios.Jobs;

/// <summary>A directory of font files that every worker uses, whatever is installed on its machine.</summary>
/// <param name="Directory">Absolute, or relative to the job file's directory.</param>
/// <param name="Digest"><c>sha256:…</c> of the names and bytes of its font files.</param>
internal sealed record FontFolder(string Directory, string Digest);
