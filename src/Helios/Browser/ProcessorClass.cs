using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Helios.Os.Files;

namespace Helios.Browser;

/// <summary>The kind of processor, as far as pixels depend on it (docs/decisions/0008).</summary>
internal static class ProcessorClass
{
    private const int Features = 7; // leaf of CPUID
    private const int Avx2 = 1 << 5; // of its EBX
    private const int Avx512 = (1 << 16) | (1 << 17) | (1 << 28) | (1 << 30) | (1 << 31); // F, DQ, CD, BW and VL, there as well
    private const int SavesState = 1 << 27; // of ECX of leaf 1: the system saves registers longer than those of SSE

    /// <summary>Decides the pixels of every page: the browser is different code on each architecture.</summary>
    internal static string OfPages => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        _ => "other",
    };

    /// <summary>
    /// Decides the pixels of every page whose browser draws with all instructions that the processor has: its maker, because approximate
    /// reciprocals differ, and the sets among which Skia chooses, as far as the operating system lets programs use them.
    /// </summary>
    internal static string OfOwn => X86Base.X64.IsSupported ? $"{OfPages} {Vendor()}{InstructionSets()}" : OfPages;

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

    /// <summary>Each behind a blank. .NET's own classes of them do not tell: the binary is compiled for a processor without most.</summary>
    private static string InstructionSets()
    {
        int first = X86Base.CpuId(1, 0).Ecx;
        int more = X86Base.CpuId(0, 0).Eax >= Features ? X86Base.CpuId(Features, 0).Ebx : 0;
        string? allowed = ReadAllowed();
        var sets = new StringBuilder();
        Add("ssse3", first, 1 << 9);
        Add("sse4.1", first, 1 << 19);
        Add("sse4.2", first, 1 << 20);
        if ((first & SavesState) == 0 || !IsAllowed("avx")) return sets.ToString();
        Add("avx", first, 1 << 28);
        Add("f16c", first, 1 << 29);
        Add("fma", first, 1 << 12);
        Add("bmi", more, (1 << 3) | (1 << 8));
        Add("avx2", more, Avx2);
        if (IsAllowed("avx512f")) Add("avx512", more, Avx512);
        return sets.ToString();

        bool IsAllowed(string flag) => allowed?.Contains($" {flag} ", StringComparison.Ordinal) != false;

        void Add(string name, int register, int bits)
        {
            if ((register & bits) == bits) _ = sets.Append(' ').Append(name);
        }
    }

    /// <summary>Flags of the processor that Linux lets programs use, with a blank around each; null where nothing tells.</summary>
    private static string? ReadAllowed()
    {
        try
        {
            foreach (string line in TextFile.ReadLines("/proc/cpuinfo"))
                if (line.StartsWith("flags", StringComparison.Ordinal)) return line + " ";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // another system, or a container without it
        }

        return null;
    }

    private static bool HasAvx2() => X86Base.CpuId(0, 0).Eax >= Features && (X86Base.CpuId(Features, 0).Ebx & Avx2) != 0;
}
