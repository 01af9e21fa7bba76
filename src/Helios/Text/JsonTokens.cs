using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Helios.Errors;

namespace Helios.Text;

/// <summary>
/// The tokens of one JSON document read from a stream through a small buffer, so that a job spec of any length is read
/// in flat memory. Wraps <see cref="Utf8JsonReader"/>; throws <see cref="HeliosException"/> with
/// <see cref="ExitCode.Invalid"/> where the text is not JSON or breaks a limit.
/// </summary>
internal ref struct JsonTokens
{
    /// <summary>Deepest nesting: only props may be nested.</summary>
    internal const int MaxDepth = 64;

    /// <summary>Longest single token in bytes. Paths are checked more strictly elsewhere.</summary>
    internal const int MaxTokenBytes = 1024 * 1024;

    /// <summary>Most members of one object: their names are kept, to detect duplicates.</summary>
    internal const int MaxMembers = 10_000;

    private const int LongestMark = 3;
    private const int BufferSize = 64 * 1024;
    private const int SmallestBuffer = 64; // a million small objects, such as rows, do not take a large one each

    private readonly Stream _stream;
    private readonly string _name;
    private byte[] _buffer;
    private int _filled;
    private bool _isEnd;
    private long _discarded;
    private Utf8JsonReader _json;

    /// <param name="stream">Read from its current position; not disposed.</param>
    /// <param name="name">Name of the document in messages, such as its path.</param>
    /// <param name="maxDepth">Deepest nesting.</param>
    internal JsonTokens(Stream stream, string name, int maxDepth = MaxDepth)
    {
        _stream = stream;
        _name = name;
        _buffer = new byte[stream is MemoryStream text ? Math.Clamp(text.Length, SmallestBuffer, BufferSize) : BufferSize];
        _filled = 0;
        while (_filled < LongestMark && !_isEnd) FillBuffer(); // a pipe may give a byte at a time
        CheckEncoding();
        _json = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, new JsonReaderState(new JsonReaderOptions { MaxDepth = maxDepth }));
    }

    internal readonly JsonTokenType Type => _json.TokenType;

    internal readonly string Name => _name;

    /// <summary>Nesting depth of the current token, 0 at the root.</summary>
    internal readonly int Depth => _json.CurrentDepth;

    /// <summary>Bytes of the document up to the end of the current token.</summary>
    internal readonly long BytesConsumed => _discarded + _json.BytesConsumed;

    /// <summary>Raw bytes of a number, or of a string between its quotes.</summary>
    internal readonly ReadOnlySpan<byte> Raw => _json.ValueSpan;

    /// <summary>Whether <see cref="Raw"/> of a string holds escapes.</summary>
    internal readonly bool IsEscaped => _json.ValueIsEscaped;

    /// <summary>Advances to the next token; the document must have one.</summary>
    internal void Read()
    {
        if (!TryRead()) throw Fail("the document ends too early", "write the spec again, for example with helios export-job");
    }

    /// <summary>Skips to the last token of the current value.</summary>
    internal void SkipValue()
    {
        int depth = _json.CurrentDepth;
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        do Read();
        while (_json.CurrentDepth > depth);
    }

    /// <summary>Checks that only white space follows the root value.</summary>
    internal void ReadEnd()
    {
        if (TryRead()) throw Fail("something follows the end of the document", "keep one JSON object a file");
    }

    /// <summary>A whole number; 30.0 counts as one, too.</summary>
    internal readonly bool TryGetInt64(out long value)
    {
        if (_json.TryGetInt64(out value)) return true;
        if (!_json.TryGetDecimal(out decimal number) || decimal.Truncate(number) != number || Math.Abs(number) > long.MaxValue)
            return false;
        value = (long)number;
        return true;
    }

    internal readonly bool TryGetDecimal(out decimal value) => _json.TryGetDecimal(out value);

    internal readonly bool NameEquals(ReadOnlySpan<byte> utf8) =>
        _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(GetText()).AsSpan().SequenceEqual(utf8) : _json.ValueSpan.SequenceEqual(utf8);

    /// <summary>Text of a property name or string; throws if it is not valid Unicode.</summary>
    internal readonly string GetText()
    {
        CheckText();
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fail("a string has half of a surrogate pair", "write characters beyond \\uffff as both of their escapes");
        }
    }

    /// <summary>Throws on bytes that are not UTF-8; the JSON reader checks a string only when its text is read.</summary>
    internal readonly void CheckText()
    {
        if (!Utf8.IsValid(_json.ValueSpan)) throw Fail("a string is not valid UTF-8", "save the file as UTF-8");
    }

    /// <summary>The current token for a message: <c>"abc"</c>, <c>3.5</c>, <c>null</c>, <c>an object</c>; at most 60 characters.</summary>
    internal readonly string Describe()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject: return "an object";
            case JsonTokenType.StartArray: return "an array";
            case JsonTokenType.String: return "\"" + Shorten(GetText()) + "\"";
            default: return Shorten(Encoding.UTF8.GetString(_json.ValueSpan));
        }
    }

    /// <summary>Throws on a repeated member, or when there are too many to remember.</summary>
    internal readonly void CheckMember(bool isNew, int count, string name)
    {
        if (!isNew) throw Fail($"member \"{Shorten(name)}\" is there twice", "keep one of them");
        if (count > MaxMembers)
            throw Fail($"an object has more than {MaxMembers} members", "keep large data in a file that the composition fetches");
    }

    internal readonly HeliosException Fail(string what, string fix) =>
        new(ExitCode.Invalid, what, string.Create(CultureInfo.InvariantCulture, $"{_name}, byte {BytesConsumed}"), fix);

    private static string Shorten(string text)
    {
        string line = ErrorText.OneLine(text);
        return ErrorText.Shorten(line, 60);
    }

    private bool TryRead()
    {
        try
        {
            while (!_json.Read())
            {
                if (_isEnd) return false;
                Refill();
            }

            return true;
        }
        catch (JsonException error)
        {
            throw NotJson(error);
        }
    }

    private readonly HeliosException NotJson(JsonException error)
    {
        bool isCut = _isEnd && (_json.BytesConsumed + 8 >= _filled || error.Message.Contains("end of data", StringComparison.Ordinal));
        string where = string.Create(
            CultureInfo.InvariantCulture, $"{_name}, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        if (_filled == 0 && _isEnd && _discarded == 0)
            return new(ExitCode.Invalid, "the file is empty", _name, "write the spec again, for example with helios export-job", error);
        string reason = error.Message;
        int end = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (end > 0) reason = reason[..end].TrimEnd('.', ' ');
        return new(ExitCode.Invalid, "the file is not valid JSON: " + reason, where,
            isCut ? "the file may be cut off: write or copy it again" : "fix the file, or write it again with helios export-job", error);
    }

    /// <summary>Keeps the unread bytes, grows the buffer when one token fills it, and reads more.</summary>
    private void Refill()
    {
        int consumed = (int)_json.BytesConsumed;
        int rest = _filled - consumed;
        if (rest > _buffer.Length / 2)
        {
            if (rest > MaxTokenBytes)
                throw Fail("one value is longer than 1 MiB", "keep large data in a file that the composition fetches");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        Array.Copy(_buffer, consumed, _buffer, 0, rest);
        _discarded += consumed;
        _filled = rest;
        FillBuffer();
        _json = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isEnd, _json.CurrentState);
    }

    private void FillBuffer()
    {
        try
        {
            int read = _stream.Read(_buffer.AsSpan(_filled));
            _filled += read;
            _isEnd = read == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.IoError, "the job spec cannot be read: " + ErrorText.Reason(error), _name,
                "check the disk or the pipe, then run it again", error);
        }
    }

    private readonly void CheckEncoding()
    {
        var start = _buffer.AsSpan(0, _filled);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            throw new HeliosException(ExitCode.Invalid, "the file begins with a byte order mark", _name, "save it as UTF-8 without BOM");
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new HeliosException(ExitCode.Invalid, "the file is UTF-16", _name, "save it as UTF-8");
    }
}
