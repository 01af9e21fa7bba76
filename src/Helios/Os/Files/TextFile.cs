using System;
using System.IO;
using System.Text;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>
/// Small UTF-8 files. The framework's readers of text look for byte order marks, and bring every other encoding into the binary
/// (docs/decisions/0003).
/// </summary>
internal static class TextFile
{
    internal static string Read(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(path));

    /// <summary>Its lines, without line breaks; a line break at the end begins no further line.</summary>
    internal static string[] ReadLines(string path)
    {
        string text = Read(path);
        if (text.Length == 0) return [];
        return (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    }

    /// <exception cref="HeliosException">73: the directory is missing or not writable; 74: there is no room.</exception>
    internal static void Write(string path, string text)
    {
        try
        {
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the file cannot be written", path, "make its directory writable");
        }
    }
}
