using System;
using System.Collections.Generic;
using Helios.Os;

namespace Helios.Render;

/// <summary>Asks ffmpeg for what it prints and exits.</summary>
internal static class EncoderVersion
{
    private const int Timeout = 10_000;

    /// <summary><c>5.1.9</c>; <c>unknown</c> when it does not say.</summary>
    internal static string Of(string path)
    {
        foreach (string line in Ask(path, "-version"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 2 && words[0] == "ffmpeg" && words[1] == "version") return words[2];
        }

        return "unknown";
    }

    /// <summary>What the program prints on stdout, by lines.</summary>
    internal static IReadOnlyList<string> Ask(string path, params string[] arguments)
    {
        var lines = new List<string>();
        using (ChildProcess process = ChildProcess.Start(path, arguments, [new(1, IsOutput: true)]))
        using (var reader = new TailReader(process.Pipe(0), lines.Add))
        {
            _ = process.Wait(Timeout);
            reader.Join(1000);
        }

        return lines;
    }
}
