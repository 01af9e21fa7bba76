using System;
using System.IO;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Os.Processes;

/// <summary>Which build a program is: two of one version may differ in their compiler, patches or libraries.</summary>
internal static class ProgramBuild
{
    /// <summary>
    /// The linker's identification of the build in hexadecimal, else <c>sha256:…</c> of the file; null when it cannot be read.
    /// </summary>
    internal static string? Of(string path)
    {
        try
        {
            using FileStream file = InputFile.OpenRegular(path, path);
            if (ElfFile.Read(file)?.BuildId is { Length: > 0 } id) return id;
            file.Position = 0;
            return "sha256:" + Sha256.HashStream(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HeliosException)
        {
            return null;
        }
    }
}
