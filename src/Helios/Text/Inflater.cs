using System;

namespace Helios.Text;

/// <summary>
/// Decompresses DEFLATE (RFC 1951). The binary carries its scripts and its schema in that form. The platform's class would link zlib,
/// which is larger than what this saves. The input is the build's own, so it is not checked.
/// </summary>
internal ref struct Inflater
{
    private const int LongestCode = 15;
    private const int EndOfBlock = 256;
    private const int LengthCodes = 257;

    private readonly ReadOnlySpan<byte> _input;
    private readonly byte[] _output;
    private int _bit;
    private int _count;

    private Inflater(ReadOnlySpan<byte> input, byte[] output)
    {
        _input = input;
        _output = output;
    }

    /// <param name="input">Compressed bytes.</param>
    /// <param name="length">How many bytes they are when decompressed.</param>
    internal static byte[] Inflate(ReadOnlySpan<byte> input, int length)
    {
        var inflater = new Inflater(input, new byte[length]);
        while (!inflater.ReadBlock()) { }
        return inflater._output;
    }

    // Lengths of codes come in this order (3.2.7), those that are often unused at the end.
    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>True for the last one.</summary>
    private bool ReadBlock()
    {
        bool isLast = Take(1) == 1;
        switch (Take(2))
        {
            case 0: ReadStored(); break;
            case 1: ReadFixed(); break;
            default: ReadDynamic(); break;
        }

        return isLast;
    }

    private void ReadStored()
    {
        int start = (_bit + 7) >> 3;
        int length = _input[start] | (_input[start + 1] << 8);
        start += 4; // the length, and its complement
        _input.Slice(start, length).CopyTo(_output.AsSpan(_count));
        _count += length;
        _bit = (start + length) << 3;
    }

    private void ReadFixed()
    {
        Span<byte> lengths = stackalloc byte[288 + 30];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..288].Fill(8);
        lengths[288..].Fill(5);
        ReadCompressed(new Code(lengths[..288]), new Code(lengths[288..]));
    }

    private void ReadDynamic()
    {
        int literals = Take(5) + LengthCodes;
        int distances = Take(5) + 1;
        int ordered = Take(4) + 4;
        Span<byte> lengths = stackalloc byte[LengthOrder.Length];
        lengths.Clear();
        for (int i = 0; i < ordered; i++) lengths[LengthOrder[i]] = (byte)Take(3);
        var code = new Code(lengths);

        Span<byte> both = stackalloc byte[literals + distances];
        for (int i = 0; i < both.Length;)
        {
            int symbol = Decode(code);
            int repeats = 1;
            if (symbol == 16)
            {
                symbol = both[i - 1];
                repeats = 3 + Take(2);
            }
            else if (symbol > 16)
            {
                repeats = symbol == 17 ? 3 + Take(3) : 11 + Take(7);
                symbol = 0;
            }

            both.Slice(i, repeats).Fill((byte)symbol);
            i += repeats;
        }

        ReadCompressed(new Code(both[..literals]), new Code(both[literals..]));
    }

    private void ReadCompressed(Code literals, Code distances)
    {
        for (int symbol = Decode(literals); symbol != EndOfBlock; symbol = Decode(literals))
        {
            if (symbol < EndOfBlock)
            {
                _output[_count++] = (byte)symbol;
                continue;
            }

            int length = TakeLength(symbol - LengthCodes);
            int from = _count - TakeDistance(Decode(distances));
            while (length-- > 0) _output[_count++] = _output[from++]; // byte by byte: the copy may overlap what it writes
        }
    }

    /// <summary>Eight lengths from 3 without further bits, then four with each number of them; the last code is for 258 alone.</summary>
    private int TakeLength(int symbol)
    {
        if (symbol < 8) return symbol + 3;
        if (symbol == 28) return 258;
        int extra = (symbol >> 2) - 1;
        return 3 + ((4 + (symbol & 3)) << extra) + Take(extra);
    }

    /// <summary>Four distances from 1 without further bits, then two with each number of them.</summary>
    private int TakeDistance(int symbol)
    {
        if (symbol < 4) return symbol + 1;
        int extra = (symbol >> 1) - 1;
        return 1 + ((2 + (symbol & 1)) << extra) + Take(extra);
    }

    private int Take(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, _bit++) value |= ((_input[_bit >> 3] >> (_bit & 7)) & 1) << i;
        return value;
    }

    /// <summary>Codes of one length are consecutive numbers, and begin after those of the shorter ones (3.2.2).</summary>
    private int Decode(Code code)
    {
        int value = 0, first = 0, index = 0;
        for (int length = 1; ; length++)
        {
            value |= Take(1);
            int count = code.Counts[length];
            if (value - first < count) return code.Symbols[index + value - first];
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
    }

    /// <summary>A canonical Huffman code.</summary>
    private sealed class Code
    {
        /// <summary>How many codes have each length.</summary>
        internal readonly int[] Counts = new int[LongestCode + 1];

        /// <summary>The symbols by the length of their codes, then by number.</summary>
        internal readonly int[] Symbols;

        internal Code(ReadOnlySpan<byte> lengths)
        {
            Symbols = new int[lengths.Length];
            int count = 0;
            for (int length = 1; length <= LongestCode; length++)
            {
                int shorter = count;
                for (int symbol = 0; symbol < lengths.Length; symbol++)
                    if (lengths[symbol] == length) Symbols[count++] = symbol;
                Counts[length] = count - shorter;
            }
        }
    }
}
