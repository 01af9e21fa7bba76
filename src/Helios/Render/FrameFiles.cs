using System;
using System.IO;
using Helios.Errors;

namespace Helios.Render;

/// <summary>Names of frames that are separate files: <c>000042.png</c>, by their position on the composition's timeline.</summary>
internal static class FrameFiles
{
    /// <summary>The pattern that ffmpeg takes for a directory.</summary>
    /// <exception cref="HeliosException">73: there is no such directory.</exception>
    internal static string In(string directory)
    {
        string full = Path.GetFullPath(directory);
        if (!Directory.Exists(full))
        {
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" does not exist", "frames",
                "create it, or name another");
        }

        return Path.Combine(full.Replace("%", "%%", StringComparison.Ordinal), "%06d.png");
    }
}
