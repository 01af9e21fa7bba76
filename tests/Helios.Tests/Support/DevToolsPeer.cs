using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using Helios.Browser;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Tests.Support;

/// <summary>
/// The browser's end of a DevTools pipe, played by a test. Without a script, what it says is in the pipe before it is asked
/// for, so that one thread is enough; calls are numbered from 1. With a script (<see cref="Play"/>) a thread answers calls as
/// they come.
/// </summary>
internal sealed class DevToolsPeer : IDisposable
{
    private const string Fence = "Test.fence";

    private readonly PipeEnd _input;
    private readonly PipeEnd _output;
    private readonly PipeEnd _heard;
    private readonly PipeEnd _said;
    private readonly Interrupts _interrupts = new();
    private readonly List<byte> _pending = [];
    private readonly Dictionary<string, Func<JsonNode, string?>> _script = [];
    private readonly ConcurrentQueue<JsonNode> _calls = [];
    private readonly Lock _saying = new();
    private Thread? _player;
    private volatile bool _isOver;
    private volatile Exception? _failure;

    internal DevToolsPeer(int largest = DevToolsPipe.LargestReceived, Func<string>? describeEnd = null)
    {
        _input = PipeEnd.Create(isReader: false, out _heard);
        _output = PipeEnd.Create(isReader: true, out _said, isLarge: true);
        _ = Libc.Control(_heard.Descriptor, Libc.SetFlags, Libc.NonBlocking);
        _ = Libc.Control(_said.Descriptor, Libc.SetFlags, Libc.NonBlocking);
        Pipe = new DevToolsPipe(_input, _output, largest);
        Connection = new DevToolsConnection(Pipe, _interrupts, describeEnd ?? (() => _failure is null ? "" : ": " + _failure));
        Browser = OpenSession(DevToolsSession.OfBrowser, new BrowserStart());
    }

    internal DevToolsPipe Pipe { get; }

    internal DevToolsConnection Connection { get; }

    /// <summary>The session of the browser itself, while it starts.</summary>
    internal DevToolsSession Browser { get; }

    internal DevToolsSession OpenSession(string id, ICallContext context) => new(Connection, id, context);

    /// <summary>Sets the answer to a method in the script. Methods without one are answered with <c>{}</c>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="answer">Makes the result of a call, and may say events before it; null for a call that is never answered.</param>
    internal void Script(string method, Func<JsonNode, string?> answer) => _script[method] = answer;

    /// <summary>From now on the peer answers by its script.</summary>
    internal void Play()
    {
        _player = new Thread(AnswerCalls) { IsBackground = true };
        _player.Start();
    }

    /// <summary>Calls that a playing peer has had since the last time.</summary>
    internal IReadOnlyList<JsonNode> Played()
    {
        _ = Browser.Call(Fence, null, 10_000); // all before it have arrived
        List<JsonNode> calls = [.. _calls.TakeWhile(static call => (string)call["method"]! != Fence)];
        _calls.Clear();
        return calls;
    }

    /// <summary>As <see cref="Played"/>, as text: one line for each call, <c>method {parameters}</c>, without the domain.</summary>
    internal string PlayedText() =>
        string.Join(
            '\n',
            Played().Select(static call => $"{((string)call["method"]!).Split('.')[1]} {call["params"]?.ToJsonString()}".TrimEnd()));

    internal void Say(string json) => Write([.. Encoding.UTF8.GetBytes(json), 0]);

    /// <summary>Says an event of a session.</summary>
    internal void SayEvent(string method, string parameters, string session = "S") =>
        Say($$"""{"method":"{{method}}","params":{{parameters}},"sessionId":"{{session}}"}""");

    /// <summary>Says an event of a session and has it handled.</summary>
    internal void Tell(string method, string parameters, string session = "S")
    {
        SayEvent(method, parameters, session);
        Handle();
    }

    /// <summary>Has everything handled that was said.</summary>
    internal void Handle() => _ = Browser.Pump(static () => false, 0);

    /// <summary>Writes until all is read; gives up when the reader is gone.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            lock (_saying) // the test and the player
            {
                while (bytes.Length > 0) bytes = bytes[Math.Max(0, _said.Write(bytes, 100))..];
            }
        }
        catch (ReaderGoneException)
        {
            // that is what some tests are about
        }
    }

    /// <summary>The browser ends: nothing is said any more, and nothing is read.</summary>
    internal void End()
    {
        _said.Dispose();
        _heard.Dispose();
    }

    /// <summary>The calls since the last time.</summary>
    internal IReadOnlyList<JsonNode> Hear()
    {
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = _heard.Read(buffer, 0)) > 0;) _pending.AddRange(buffer.AsSpan(0, count));
        return TakePending();
    }

    /// <summary>Takes what was sent without looking at it.</summary>
    /// <returns>Bytes of it.</returns>
    internal int HearBytes() => Math.Max(0, _heard.Read(new byte[64 * 1024], 100));

    /// <summary>As <see cref="Hear"/>, as text: <c>number method session request</c>.</summary>
    internal string HearText() =>
        string.Join(
            '\n',
            Hear()
                .Select(call =>
                    string.Create(
                            CultureInfo.InvariantCulture,
                            $"{(int)call["id"]!} {(string)call["method"]!} {(string?)call["sessionId"] ?? "-"} {(string?)call["params"]?["requestId"]}"
                        )
                        .TrimEnd()));

    public void Dispose()
    {
        _isOver = true;
        _input.Dispose(); // ends the player's reading
        _player?.Join();
        foreach (PipeEnd end in (PipeEnd[])[_output, _heard, _said]) end.Dispose();
        _interrupts.Dispose();
    }

    private void AnswerCalls()
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (!_isOver)
            {
                int count = _heard.Read(buffer, 100);
                if (count == 0) return;
                if (count > 0) _pending.AddRange(buffer.AsSpan(0, count));
                foreach (JsonNode call in TakePending()) AnswerCall(call);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            _failure = error; // of a script, or what was sent is no message: the test gets it as the end of the browser
            _said.Dispose();
        }
    }

    private void AnswerCall(JsonNode call)
    {
        _calls.Enqueue(call);
        string? result = _script.TryGetValue((string)call["method"]!, out Func<JsonNode, string?>? answer) ? answer(call) : "{}";
        if (result is not null) Say(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{(int)call["id"]!},\"result\":{result}}}"));
    }

    private List<JsonNode> TakePending()
    {
        int end = _pending.LastIndexOf(0) + 1;
        string[] messages = Encoding.UTF8.GetString([.. _pending[..end]]).Split('\0');
        _pending.RemoveRange(0, end);
        return [.. messages.Where(message => message.Length > 0).Select(message => JsonNode.Parse(message)!)];
    }
}
