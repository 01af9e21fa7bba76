using System;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Helios.Jobs.Document;

/// <summary>
/// The members of a chunk in a job spec. A job may have millions of chunks, so they are read and
/// written as bytes, without allocating objects.
/// </summary>
internal static class ChunkMembers
{
    internal const int Id = 0, StartFrame = 1, FrameCount = 2, Output = 3;

    /// <summary>Names by the numbers above, in the order of writing.</summary>
    internal static readonly string[] Names = ["id", "startFrame", "frameCount", "output"];

    private static readonly byte[][] s_names = Encode("", "");

    private static readonly byte[][] s_starts = Encode(",\"", "\":");

    /// <summary>Longest text of a number with the name before it.</summary>
    private const int MaxNumberLength = 40;

    /// <summary>Number of the member whose name is current; -1 for an unknown one.</summary>
    /// <param name="tokens">At a name.</param>
    /// <param name="last">The member before it, -1 for none: its successor in writing order is tried first.</param>
    internal static int Find(in Text.JsonTokens tokens, int last)
    {
        for (int next = 1; next <= s_names.Length; next++)
        {
            int member = (last + next) % s_names.Length;
            if (tokens.NameEquals(s_names[member])) return member;
        }

        return -1;
    }

    /// <summary>Writes a chunk as one compact object.</summary>
    /// <param name="buffer">Receives it.</param>
    /// <param name="id">Its number.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="outputStart">JSON text of its file name up to the id, with the quote before it.</param>
    /// <param name="outputEnd">The same for the part after the id.</param>
    internal static void Write(
        ArrayBufferWriter<byte> buffer, int id, FrameRange frames, ReadOnlySpan<byte> outputStart, ReadOnlySpan<byte> outputEnd)
    {
        buffer.Write("{"u8);
        Write(buffer, s_starts[Id].AsSpan(1), id);
        Write(buffer, s_starts[StartFrame], frames.Start);
        Write(buffer, s_starts[FrameCount], frames.Count);
        buffer.Write(s_starts[Output]);
        Write(buffer, outputStart, id);
        buffer.Write(outputEnd);
        buffer.Write("}"u8);
    }

    /// <summary>JSON text of a file name before and after the id.</summary>
    internal static (byte[] Start, byte[] End) OutputParts(ChunkFileNames names) =>
        ([(byte)'"', .. Escape(names.Prefix)], [.. Escape("." + names.Extension), (byte)'"']);

    private static byte[][] Encode(string before, string after)
    {
        byte[][] texts = new byte[Names.Length][];
        for (int member = 0; member < texts.Length; member++) texts[member] = Encoding.UTF8.GetBytes(before + Names[member] + after);
        return texts;
    }

    private static ReadOnlySpan<byte> Escape(string text) => JsonEncodedText.Encode(text, JobJson.Compact.Encoder).EncodedUtf8Bytes;

    private static void Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> before, long number)
    {
        Span<byte> span = buffer.GetSpan(before.Length + MaxNumberLength);
        before.CopyTo(span);
        number.TryFormat(span[before.Length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        buffer.Advance(before.Length + digits);
    }
}
