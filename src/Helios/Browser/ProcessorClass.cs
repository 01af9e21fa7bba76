using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Browser;

/// <summary>The kind of processor, as far as pixels depend on it (docs/decisions/0008).</summary>
internal static class ProcessorClass
{
    private const int Features = 7; // leaf of CPUID
    private const int Avx2 = 1 << 5; // of its EBX

    private static readonly string[] s_sets =
    [
        "ssse3", "sse4_1", "sse4_2", "avx", "f16c", "fma", "bmi1", "bmi2", "avx2",
        "avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl",
    ];

    /// <summary>Decides the pixels of every page: the browser is different code on each architecture.</summary>
    internal static string OfPages => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        _ => "other",
    };

    /// <summary>Decides the pixels of the pages of a job.</summary>
    internal static string Of(ProcessorUse use) =>
        use == ProcessorUse.Native && X86Base.X64.IsSupported ? $"{OfPages} {Vendor()}{InstructionSets()}" : OfPages;

    /// <summary>
    /// Also decides the pixels of WebGL: the browser compiles shaders for the processor of the machine. It fuses operations
    /// where AVX2 exists, and uses approximate reciprocals, which Intel and AMD compute differently.
    /// </summary>
    internal static string OfWebGl => X86Base.X64.IsSupported ? Vendor() + (HasAvx2() ? " avx2" : "") : OfPages;

    private static string Vendor()
    {
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        Span<byte> name = stackalloc byte[12];
        MemoryMarshal.Write(name, b);
        MemoryMarshal.Write(name[4..], d);
        MemoryMarshal.Write(name[8..], c);
        return Encoding.ASCII.GetString(name).TrimEnd('\0');
    }

    /// <summary>
    /// Those among which Skia chooses, each behind a blank, as far as Linux lets programs use them; elsewhere which processor it is. .NET's
    /// own classes do not tell: the binary is compiled for a processor that has none of them.
    /// </summary>
    private static string InstructionSets()
    {
        try
        {
            foreach (string line in TextFile.ReadLines("/proc/cpuinfo"))
            {
                if (!line.StartsWith("flags", StringComparison.Ordinal)) continue;
                string[] flags = line.Split(' ');
                return string.Concat(Array.ConvertAll(s_sets, set => Array.IndexOf(flags, set) < 0 ? "" : " " + set));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // another system, or a container without it
        }

        int model = X86Base.CpuId(1, 0).Eax; // family, model and stepping
        return string.Create(CultureInfo.InvariantCulture, $" {model:x}");
    }

    private static bool HasAvx2() => X86Base.CpuId(0, 0).Eax >= Features && (X86Base.CpuId(Features, 0).Ebx & Avx2) != 0;
}
