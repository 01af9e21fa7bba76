using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;

namespace Helios.EndToEnd.Harness.Media;

/// <summary>Click tracks, and where the clicks are in what became of them.</summary>
internal static class Sound
{
    internal const int Rate = 48_000;

    /// <summary>A wav file, 16 bits a sample, silent but for one loud sample at each place, alike in all channels.</summary>
    internal static byte[] MakeClicks(IEnumerable<int> places, int samples, int rate = Rate, int channels = 2)
    {
        byte[] file = new byte[44 + (samples * channels * 2)];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        "data"u8.CopyTo(file.AsSpan(36));
        foreach (
            var (at, value) in (ReadOnlySpan<(int, int)>)
                [
                    (4, file.Length - 8),
                    (16, 16),
                    (20, 1 | (channels << 16)),
                    (24, rate),
                    (28, rate * channels * 2),
                    (32, (channels * 2) | (16 << 16)),
                    (40, file.Length - 44),
                ])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        foreach (int place in places)
        {
            for (int channel = 0; channel < channels; channel++)
                BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (((place * channels) + channel) * 2)), 30_000);
        }

        return file;
    }

    /// <summary>What is heard of a file: the first channel at 48 kHz.</summary>
    internal static async Task<short[]> DecodeAsync(string path, string? filter = null)
    {
        string[] filters = filter is null ? [] : ["-af", filter];
        RunResult result = await Tool.Run(
            "ffmpeg",
            "ffmpeg",
            ["-v", "error", "-i", path, "-map", "0:a:0", .. filters, "-f", "s16le", "-ar", "48000", "-ac", "2", "-"]);
        short[] both = MemoryMarshal.Cast<byte, short>(result.Succeeded().Output).ToArray();
        return [.. both.Where((_, i) => i % 2 == 0)];
    }

    /// <summary>Places of the loudest sample of every click that is louder than a limit.</summary>
    internal static IReadOnlyList<int> FindClicks(short[] samples, int limit = 4000)
    {
        var clicks = new List<int>();
        for (int i = 0; i < samples.Length; i++)
        {
            if (Math.Abs((int)samples[i]) < limit) continue;
            int end = Math.Min(samples.Length, i + 500);
            clicks.Add(Enumerable.Range(i, end - i).MaxBy(n => Math.Abs((int)samples[n])));
            i = end + 500;
        }

        return clicks;
    }
}
