using Helios.Os.Processes;

namespace Helios.Ffmpeg;

/// <summary>Finds ffmpeg.</summary>
internal static class EncoderFinder
{
    internal const string Fix = "install ffmpeg 5.1 or later, or name it with --ffmpeg or HELIOS_FFMPEG";

    /// <exception cref="HeliosException">69: there is none.</exception>
    internal static string Find(string? option) => ProgramFinder.Find(option, "--ffmpeg", "HELIOS_FFMPEG", ["ffmpeg"], Fix);
}
