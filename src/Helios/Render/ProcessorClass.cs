using System.Runtime.InteropServices;

namespace Helios.Render;

/// <summary>The kind of processor, as far as pixels depend on it (docs/decisions/0008).</summary>
internal static class ProcessorClass
{
    internal static string Name => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        _ => "other",
    };
}
