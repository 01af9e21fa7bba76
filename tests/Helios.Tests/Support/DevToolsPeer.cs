using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Helios.Browser;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Tests.Support;

/// <summary>
/// The browser's end of a DevTools pipe, played by a test. What it says is in the pipe before it is asked for, so that one
/// thread is enough: calls are numbered from 1.
/// </summary>
internal sealed class DevToolsPeer : IDisposable
{
    private readonly PipeEnd _input;
    private readonly PipeEnd _output;
    private readonly PipeEnd _heard;
    private readonly PipeEnd _said;
    private readonly Interrupts _interrupts = new();
    private readonly List<byte> _pending = [];

    internal DevToolsPeer(int largest = DevToolsPipe.LargestReceived)
    {
        _input = PipeEnd.Create(isReader: false, out _heard);
        _output = PipeEnd.Create(isReader: true, out _said, isLarge: true);
        _ = Libc.Control(_heard.Descriptor, Libc.SetFlags, Libc.NonBlocking);
        _ = Libc.Control(_said.Descriptor, Libc.SetFlags, Libc.NonBlocking);
        Pipe = new DevToolsPipe(_input, _output, largest);
        Session = new DevToolsSession(Pipe, _interrupts, static () => "");
    }

    internal DevToolsPipe Pipe { get; }

    internal DevToolsSession Session { get; }

    internal void Say(string json) => Write([.. Encoding.UTF8.GetBytes(json), 0]);

    /// <summary>Says an event of a session and has it handled.</summary>
    internal void Tell(string method, string parameters, string session = "S")
    {
        Say($$"""{"method":"{{method}}","params":{{parameters}},"sessionId":"{{session}}"}""");
        Handle();
    }

    /// <summary>Has everything handled that was said.</summary>
    internal void Handle() => _ = Session.Pump(static () => false, 0);

    /// <summary>Writes until all is read; gives up when the reader is gone.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[Math.Max(0, _said.Write(bytes, 100))..];
        }
        catch (ReaderGoneException)
        {
            // that is what some tests are about
        }
    }

    /// <summary>The calls since the last time.</summary>
    internal IReadOnlyList<JsonNode> Hear()
    {
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = _heard.Read(buffer, 0)) > 0;) _pending.AddRange(buffer.AsSpan(0, count));
        int end = _pending.LastIndexOf(0) + 1;
        string[] messages = Encoding.UTF8.GetString([.. _pending[..end]]).Split('\0');
        _pending.RemoveRange(0, end);
        return [.. messages.Where(message => message.Length > 0).Select(message => JsonNode.Parse(message)!)];
    }

    /// <summary>Takes what was sent without looking at it.</summary>
    /// <returns>Bytes of it.</returns>
    internal int HearBytes() => Math.Max(0, _heard.Read(new byte[64 * 1024], 100));

    /// <summary>As <see cref="Hear"/>, as text: <c>number method session request</c>.</summary>
    internal string HearText() => string.Join('\n', Hear().Select(call => string.Create(CultureInfo.InvariantCulture,
        $"{(int)call["id"]!} {(string)call["method"]!} {(string?)call["sessionId"] ?? "-"} {(string?)call["params"]?["requestId"]}").TrimEnd()));

    public void Dispose()
    {
        foreach (PipeEnd end in (PipeEnd[])[_input, _output, _heard, _said]) end.Dispose();
        _interrupts.Dispose();
    }
}
