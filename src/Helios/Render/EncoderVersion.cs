using System;
using Helios.Os;

namespace Helios.Render;

/// <summary>
/// Asks ffmpeg for its version. Takes 70 ms and more, so it is started early and read when the receipt is written.
/// </summary>
internal sealed class EncoderVersion : IDisposable
{
    private const int Timeout = 10_000;

    private readonly ChildProcess _process;
    private readonly TailReader _reader;
    private volatile string _version = "unknown";

    internal EncoderVersion(string path)
    {
        _process = ChildProcess.Start(path, ["-version"], [new(1, IsOutput: true)]);
        _reader = new TailReader(_process.Pipe(0), OnLine);
    }

    /// <summary><c>5.1.9</c>; <c>unknown</c> when it does not say.</summary>
    internal string Read()
    {
        _ = _process.Wait(Timeout);
        _reader.Join(1000);
        return _version;
    }

    public void Dispose()
    {
        _process.Kill();
        _reader.Dispose();
        _process.Dispose();
    }

    private void OnLine(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 && words[0] == "ffmpeg" && words[1] == "version") _version = words[2];
    }
}
