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

    /// <summary>Decides the pixels of every page: the browser is different code on each architecture.</summary>
    internal static string OfPages => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        _ => "other",
    };

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

    private static bool HasAvx2() => X86Base.CpuId(0, 0).Eax >= Features && (X86Base.CpuId(Features, 0).Ebx & Avx2) != 0;
}
