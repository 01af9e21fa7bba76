using System;
using System.Globalization;
using System.IO;
using Helios.Os.Files;

namespace Helios.Os;

/// <summary>Signal settings inherited from the parent process. Read from the kernel without touching the runtime's own handlers.</summary>
internal static class SignalState
{
    /// <summary>Whether a signal is ignored at this moment; false where that is unknown.</summary>
    internal static bool IsIgnored(int signal) => IsIn(FindIgnored(), signal);

    /// <summary>Whether a signal is in a set.</summary>
    internal static bool IsIn(ulong set, int signal) => (set & (1UL << (signal - 1))) != 0;

    /// <summary>The signals that are ignored at this moment, one bit each from the lowest; none where that is unknown.</summary>
    internal static ulong FindIgnored()
    {
        const string Name = "SigIgn:";
        if (!OperatingSystem.IsLinux()) return 0;
        try
        {
            foreach (string line in TextFile.ReadLines("/proc/self/status"))
            {
                if (!line.StartsWith(Name, StringComparison.Ordinal)) continue;
                ReadOnlySpan<char> digits = line.AsSpan(Name.Length).Trim();
                return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong set) ? set : 0;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // no /proc
        }

        return 0;
    }
}
