using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Helios.Browser;

/// <summary>The kind of processor, as far as pixels depend on it (docs/decisions/0008).</summary>
internal static class ProcessorClass
{
    private const int Features = 7; // leaf of CPUID
    private const int Avx2 = 1 << 5; // of its EBX

    private const int Avx = (1 << 28) | (1 << 29) | (1 << 12); // of ECX of leaf 1, with F16C and FMA
    private const int Haswell = Avx2 | (1 << 3) | (1 << 8); // with BMI1 and BMI2
    private const int Skylake = (1 << 16) | (1 << 17) | (1 << 28) | (1 << 30) | (1 << 31); // AVX-512 F, DQ, CD, BW and VL

    /// <summary>Decides the pixels of every page: the browser is different code on each architecture.</summary>
    internal static string OfPages => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        _ => "other",
    };

    /// <summary>
    /// Decides the pixels of every page whose browser draws with all instructions that the processor has: which are chosen, and its maker,
    /// because approximate reciprocals differ. Names more of them than the browser tells apart at present.
    /// </summary>
    internal static string OfOwn => X86Base.X64.IsSupported ? $"{OfPages} {Vendor()}{Instructions()}" : OfPages;

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

    private static string Instructions()
    {
        int avx = X86Base.CpuId(1, 0).Ecx & Avx;
        int more = X86Base.CpuId(0, 0).Eax >= Features ? X86Base.CpuId(Features, 0).Ebx : 0;
        return (avx == Avx ? " avx" : "") + ((more & Haswell) == Haswell ? " avx2" : "") + ((more & Skylake) == Skylake ? " avx512" : "");
    }

    private static bool HasAvx2() => X86Base.CpuId(0, 0).Eax >= Features && (X86Base.CpuId(Features, 0).Ebx & Avx2) != 0;
}
