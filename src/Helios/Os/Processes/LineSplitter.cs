using System;
using System.Text;

namespace Helios.Os.Processes;

/// <summary>Splits bytes that arrive in pieces into lines. A carriage return ends a line too; empty lines are dropped.</summary>
/// <param name="onLine">Called with every line.</param>
/// <param name="longest">Bytes kept of each line.</param>
internal sealed class LineSplitter(Action<string> onLine, int longest)
{
    private byte[] _line = new byte[256];
    private int _length;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is (byte)'\n' or (byte)'\r') Finish();
            else if (_length < longest) Append(value);
        }
    }

    /// <summary>Emits an unterminated last line.</summary>
    internal void Finish()
    {
        if (_length == 0) return;
        string line = Encoding.UTF8.GetString(_line, 0, _length);
        _length = 0;
        onLine(line);
    }

    private void Append(byte value)
    {
        if (_length == _line.Length) Array.Resize(ref _line, 2 * _length);
        _line[_length++] = value;
    }
}
