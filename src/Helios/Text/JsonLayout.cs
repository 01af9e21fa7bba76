using System;
using System.Buffers;

namespace Helios.Text;

/// <summary>
/// Puts line breaks and two blanks a level into compact JSON of our own making. Works on bytes: a writer would have to
/// read numbers to write them, and 1.50e3 would not stay as it was typed.
/// </summary>
internal static class JsonLayout
{
    /// <param name="compact">JSON without white space between its tokens.</param>
    /// <param name="output">Receives the same JSON, indented.</param>
    internal static void Indent(ReadOnlySpan<byte> compact, ArrayBufferWriter<byte> output)
    {
        int depth = 0;
        bool isText = false;
        for (int i = 0; i < compact.Length; i++)
        {
            byte b = compact[i];
            bool isOpening = !isText && (b is (byte)'{' or (byte)'[');
            bool isClosing = !isText && (b is (byte)'}' or (byte)']');
            bool isEmpty = isOpening && i + 1 < compact.Length && compact[i + 1] == b + 2;
            if (isClosing && compact[i - 1] != b - 2) Break(output, --depth);
            output.Write([b]);
            if (isText)
            {
                if (b == '\\') output.Write([compact[++i]]);
                else isText = b != '"';
                continue;
            }

            isText = b == '"';
            if (b == ':') output.Write(" "u8);
            else if (b == ',') Break(output, depth);
            else if (isOpening && !isEmpty) Break(output, ++depth);
        }
    }

    private static void Break(ArrayBufferWriter<byte> output, int depth)
    {
        output.Write("\n"u8);
        for (int level = 0; level < depth; level++) output.Write("  "u8);
    }
}
