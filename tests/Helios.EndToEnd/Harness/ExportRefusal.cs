using System;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;

namespace Helios.EndToEnd.Harness;

/// <summary>Runs helios where it has to refuse: nothing is on stdout, and no file is written.</summary>
internal static class ExportRefusal
{
    /// <param name="stderr">The message; <c>{dir}</c> is the directory.</param>
    internal static async Task AssertAsync(NativeBinary helios, string[] arguments, int exitCode, string stderr)
    {
        using TestDirectory directory = CreateDirectory();
        var before = directory.List();

        RunResult result = await helios.Run(arguments).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr.Replace("{dir}", directory.Path, StringComparison.Ordinal)}\n");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(directory.List()).IsEquivalentTo(before);
    }

    /// <summary>Where the words of the message are open: one line, nothing on stdout, nothing written.</summary>
    internal static async Task<RunResult> AssertAnyAsync(NativeBinary helios, params string[] arguments)
    {
        using TestDirectory directory = CreateDirectory();
        var before = directory.List();

        RunResult result = await helios.Run(arguments).In(directory);

        await Assert.That(result.Stderr).Matches("^helios: [^\n]+; [^\n]+\n$");
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(directory.List()).IsEquivalentTo(before);
        return result;
    }

    private static TestDirectory CreateDirectory()
    {
        var directory = new TestDirectory();
        directory.Write("plain", "");
        directory.Write("array.json", "[1]");
        directory.Write("latin1.json", [(byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xff, (byte)'"', (byte)'}']);
        directory.CreateFolder("folder/film.mp4");
        return directory;
    }
}
