using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Helios.EndToEnd.Harness.Servers;

/// <summary>
/// A server on this machine that gives each path its answer, and remembers who connected. What has no answer is never answered.
/// </summary>
internal sealed class WebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, (string Head, byte[] Body)> _answers = [];
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];

    internal WebServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>First lines of what was asked, in order; empty for a connection that said nothing.</summary>
    internal IReadOnlyCollection<string> Requests => _requests;

    internal string UrlOf(string path, string scheme = "http") => $"{scheme}://127.0.0.1:{Port}{path}";

    /// <summary>Answers a path.</summary>
    /// <param name="path">Such as <c>/a.html</c>.</param>
    /// <param name="body">Bytes of the answer.</param>
    /// <param name="status">Status line and headers, such as <c>302 Found\r\nLocation: /b</c>.</param>
    internal void Add(string path, byte[] body, string status = "200 OK") => _answers[path] = (status, body);

    internal void Add(string path, string body, string status = "200 OK") => Add(path, Encoding.UTF8.GetBytes(body), status);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (TcpClient client in _clients) client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        string first = "";
        try
        {
            NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            first = await reader.ReadLineAsync() ?? "";
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // headers
            }

            _requests.Enqueue(first);
            string path = first.Split(' ').ElementAtOrDefault(1) ?? "";
            if (!_answers.TryGetValue(path.Split('?')[0], out (string Head, byte[] Body) answer)) return;
            string type = Path.GetExtension(path) switch
            {
                ".js" => "text/javascript",
                ".svg" => "image/svg+xml",
                ".png" => "image/png",
                ".gif" => "image/gif",
                _ => "text/html; charset=utf-8",
            };
            // a head that says another length than that of the body breaks off
            string length = answer.Head.Contains("Content-Length", StringComparison.Ordinal)
                ? ""
                : $"Content-Length: {answer.Body.Length}\r\n";
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes($"HTTP/1.1 {answer.Head}\r\nContent-Type: {type}\r\n{length}Connection: close\r\n\r\n"));
            await stream.WriteAsync(answer.Body);
            client.Dispose();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            if (first.Length == 0) _requests.Enqueue("");
        }
    }
}
