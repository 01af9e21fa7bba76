using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;

namespace Helios.Text;

/// <summary>
/// SHA-256 (FIPS 180-4) in managed code. The platform's class looks for OpenSSL and aborts the process in a static
/// binary; a digest must also agree with <c>sha256sum</c>, so that users can check it.
/// </summary>
internal sealed class Sha256
{
    internal const int Size = 32;

    private const int BlockSize = 64;

    // First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
    private static readonly uint[] s_k =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _state =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly byte[] _block = new byte[BlockSize];
    private readonly uint[] _schedule = new uint[64];
    private long _length;

    /// <summary>Adds bytes; can be called any number of times before <see cref="Finish"/>.</summary>
    internal void Append(ReadOnlySpan<byte> data)
    {
        int filled = (int)(_length % BlockSize);
        _length += data.Length;
        if (filled > 0)
        {
            int taken = Math.Min(BlockSize - filled, data.Length);
            data[..taken].CopyTo(_block.AsSpan(filled));
            data = data[taken..];
            if (filled + taken < BlockSize) return;
            Compress(_block);
        }

        for (; data.Length >= BlockSize; data = data[BlockSize..]) Compress(data[..BlockSize]);
        data.CopyTo(_block);
    }

    /// <summary>Pads and returns the digest in lower-case hex; the object cannot be used afterwards.</summary>
    internal string Finish()
    {
        long bits = _length * 8;
        Append([0x80]);
        while (_length % BlockSize != BlockSize - 8) Append([0]);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, bits);
        Append(size);

        Span<byte> digest = stackalloc byte[Size];
        for (int i = 0; i < _state.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(digest[(i * 4)..], _state[i]);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Digest of the rest of a stream, in lower-case hex.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="check">Called between blocks of 64 KiB; may throw to abort.</param>
    internal static string HashStream(Stream stream, Action? check = null)
    {
        var hash = new Sha256();
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            check?.Invoke();
            hash.Append(buffer.AsSpan(0, read));
        }

        return hash.Finish();
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        uint[] w = _schedule;
        for (int i = 0; i < 16; i++) w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (int i = 16; i < w.Length; i++)
        {
            uint s0 = BitOperations.RotateRight(w[i - 15], 7) ^ BitOperations.RotateRight(w[i - 15], 18) ^ (w[i - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[i - 2], 17) ^ BitOperations.RotateRight(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        for (int i = 0; i < w.Length; i++)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint t1 = h + s1 + ((e & f) ^ (~e & g)) + s_k[i] + w[i];
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }
}
