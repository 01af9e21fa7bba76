using System;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>Opens a file that the user named, for reading, with the right exit code on failure.</summary>
internal static class InputFile
{
    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="HeliosException">66: missing, a directory, or not readable.</exception>
    internal static Stream Open(string path) => path == "-" ? StandardStreams.OpenInput() : OpenFile(path, path);

    /// <summary>Opens a file that is read more than once, or by other processes too: a pipe would hang or be empty then.</summary>
    /// <exception cref="HeliosException">66: missing, a directory, a device or pipe, or not readable.</exception>
    internal static FileStream OpenRegular(string path, string name)
    {
        if (FileKind.WhyNotRegular(path, followsLinks: true) is string kind)
            throw new HeliosException(ExitCode.NoInput, $"the file cannot be read: {kind}", name, "name a file");
        return OpenFile(path, name);
    }

    /// <param name="path">The file.</param>
    /// <param name="name">Its name in messages.</param>
    internal static FileStream OpenFile(string path, string name)
    {
        if (Directory.Exists(path))
            throw new HeliosException(ExitCode.NoInput, "that is a directory, expected a file", name, "name the file in it");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(
                ExitCode.NoInput, "the file cannot be read: " + ErrorText.Reason(error), name, "check the path and its permissions", error);
        }
    }
}
