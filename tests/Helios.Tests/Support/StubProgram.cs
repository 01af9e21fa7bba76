using System;
using System.IO;
using Helios.Ffmpeg;
using Helios.Os;

namespace Helios.Tests.Support;

/// <summary>
/// A program that does what a shell script says, whatever its arguments (<c>"$@"</c>). It may leave files next to itself
/// (<c>"$0.name"</c>). Only a link is made for it: a program that was just written cannot be started while another thread
/// starts one, which inherits the file for a moment (ETXTBSY).
/// </summary>
internal sealed class StubProgram : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    internal StubProgram(string script)
    {
        _folder.Add("stub.script", script + "\n");
        _ = File.CreateSymbolicLink(FullPath, Repository.PathOf("tests", "Helios.Tests", "Support", "stub.sh"));
    }

    internal string FullPath => _folder["stub"];

    /// <summary>Path of a file that the script may write as <c>"$0.name"</c>.</summary>
    internal string this[string name] => $"{FullPath}.{name}";

    /// <summary>The program as ffmpeg, with time limits as they are; change those that a test waits for.</summary>
    internal FfmpegProgram ToFfmpeg(Interrupts interrupts) => new(FullPath, interrupts) { Slice = 10 };

    /// <summary>Text with a word for the program's path, which is another each time.</summary>
    internal string Strip(string text) => text.Replace(FullPath, "STUB", StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
