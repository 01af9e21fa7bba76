using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Processes;

/// <summary>Lines of standard input, one at a time, as they come. Waiting for them ends with a signal.</summary>
/// <param name="check">Called while it waits; throws to end that.</param>
internal sealed class InputLines(Action check)
{
    private const int Longest = 256; // bytes
    private const int Slice = 50; // ms

    private readonly Queue<string> _lines = [];
    private LineSplitter? _splitter;
    private bool _hasEnded;

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="HeliosException">74: standard input cannot be read.</exception>
    internal string? Next()
    {
        _splitter ??= new LineSplitter(_lines.Enqueue, Longest);
        Span<byte> buffer = stackalloc byte[Longest];
        while (true)
        {
            check();
            if (_lines.TryDequeue(out string? line)) return line;
            if (_hasEnded) return null;
            if (!StandardStreams.WaitForInput(Slice)) continue;
            int count = Read(buffer);
            _hasEnded = count == 0;
            _splitter.Add(buffer[..count]);
            if (_hasEnded) _splitter.Finish();
        }
    }

    private static int Read(Span<byte> buffer)
    {
        try
        {
            using Stream input = StandardStreams.OpenInput();
            return input.Read(buffer);
        }
        catch (IOException error)
        {
            throw new HeliosException(ExitCode.IoError, "the numbers of chunks cannot be read: " + ErrorText.Reason(error),
                "standard input", "check the disk or the pipe, then run it again", error);
        }
    }
}
