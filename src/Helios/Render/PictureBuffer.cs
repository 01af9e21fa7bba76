using System;
using System.Buffers;
using System.Buffers.Text;

namespace Helios.Render;

/// <summary>The encoded picture of one frame, in memory that is used again for later ones.</summary>
internal sealed class PictureBuffer
{
    private byte[] _bytes = new byte[512 * 1024];
    private int _length;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Decodes <c>screenshotData</c> of an answer to beginFrame, straight from where it arrived; false when there is none.</summary>
    internal bool TryDecode(ReadOnlySpan<byte> answer)
    {
        ReadOnlySpan<byte> name = "\"screenshotData\":\""u8;
        int start = answer.IndexOf(name);
        if (start < 0) return false;
        ReadOnlySpan<byte> text = answer[(start + name.Length)..];
        text = text[..text.IndexOf((byte)'"')];
        int size = Base64.GetMaxDecodedFromUtf8Length(text.Length);
        if (_bytes.Length < size) _bytes = new byte[size + (size / 4)];
        return Base64.DecodeFromUtf8(text, _bytes, out _, out _length) == OperationStatus.Done && _length > 0;
    }
}
