using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class InflaterTests
{
    [Test]
    [Arguments("abc", 1, 1, DisplayName = "fixed codes")]
    [Arguments("a", 1_000, 1, DisplayName = "fixed codes, copies that overlap what they write")]
    [Arguments("const text = document.createElement(\"div\");\n", 3_000, 2, DisplayName = "dynamic codes")]
    public async Task Each_kind_of_block_is_read(string text, int times, int kind)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        if (kind == 2) bytes = [.. bytes.Select((value, index) => (byte)(value + (index % 613 / 600)))]; // some variety
        byte[] compressed = Compress(bytes, CompressionLevel.SmallestSize);

        await Assert.That((compressed[0] >> 1) & 3).IsEqualTo(kind);
        await Assert.That(Inflater.Inflate(compressed, bytes.Length).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task Blocks_that_are_stored_are_read()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200_000).Select(index => (byte)(index * index / 7))];
        byte[] compressed = Compress(bytes, CompressionLevel.NoCompression);

        await Assert.That(compressed.Length).IsGreaterThan(bytes.Length);
        await Assert.That(Inflater.Inflate(compressed, bytes.Length).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public void What_the_platform_compresses_comes_back() =>
        Gen.Select(Gen.Int[1, 256], Gen.Int[1, 40_000], Gen.Int[1, 300], Gen.Int[0, 3]).Sample((values, length, repeat, level) =>
        {
            // few values and repeats give long copies, many give literals
            var random = new Random(values + length);
            byte[] pieces = [.. Enumerable.Range(0, repeat).Select(_ => (byte)random.Next(values))];
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = random.Next(8) == 0 ? (byte)random.Next(values) : pieces[i % repeat];

            return Inflater.Inflate(Compress(bytes, (CompressionLevel)level), length).AsSpan().SequenceEqual(bytes);
        });

    private static byte[] Compress(byte[] bytes, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, level, leaveOpen: true)) deflate.Write(bytes);
        return compressed.ToArray();
    }
}
