using System;
using System.IO;
using System.Text;
using Helios.Errors;

namespace Helios.Os;

/// <summary>Standard input, output and error. stdout carries only the result; all messages go to stderr.</summary>
internal static class StandardStreams
{
    /// <summary>Call it before any file is opened.</summary>
    internal static void Prepare()
    {
        if (!OperatingSystem.IsWindows()) Libc.ReserveStandardDescriptors();
    }

    /// <summary>Whether stderr is a terminal.</summary>
    internal static bool IsErrorTerminal => !OperatingSystem.IsWindows() && Libc.IsTerminal(2) != 0;

    internal static Stream OpenInput() => OperatingSystem.IsWindows() ? Console.OpenStandardInput() : new DescriptorStream(0);

    /// <summary>Waits until standard input can be read or has ended; false when the time is over.</summary>
    internal static unsafe bool WaitForInput(int milliseconds)
    {
        if (OperatingSystem.IsWindows()) return true;
        var entry = new Libc.PollEntry { Descriptor = 0, Wanted = Libc.PollIn };
        return Libc.Poll(&entry, 1, milliseconds) > 0;
    }

    /// <summary>Runs <paramref name="write"/> on stdout.</summary>
    /// <exception cref="HeliosException">74: stdout cannot be written, for example because the disk is full.</exception>
    internal static void WriteOutput(Action<Stream> write)
    {
        try
        {
            using Stream output = OpenOutput();
            write(output);
        }
        catch (IOException error) when (error is not ReaderGoneException)
        {
            throw new HeliosException(ExitCode.IoError, "the result cannot be written: " + ErrorText.Reason(error), "standard output",
                "make room or redirect it elsewhere, then run it again", error);
        }
    }

    internal static void WriteOutput(string text) => WriteOutput(output => output.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes one line to stderr. Failures are ignored, since they cannot be reported.</summary>
    internal static void WriteError(string line) => WriteErrorText(line + "\n");

    /// <summary>As <see cref="WriteError"/>, without the line break.</summary>
    internal static void WriteErrorText(string text)
    {
        try
        {
            using Stream error = OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(2);
            error.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // stderr is closed or full
        }
    }

    private static Stream OpenOutput() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1);
}
