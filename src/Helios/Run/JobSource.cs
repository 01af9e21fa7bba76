using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os.Files;

namespace Helios.Run;

/// <summary>A job spec as a command line names it: a file or standard input, and the base directory of its relative paths.</summary>
internal sealed class JobSource
{
    private readonly string _job;
    private readonly string? _name;

    /// <param name="job">Path, or <c>-</c> for standard input.</param>
    /// <param name="workdir">Base directory; null for that of the file, or the current one.</param>
    /// <exception cref="HeliosException">66: there is no such base directory.</exception>
    internal JobSource(string job, string? workdir)
    {
        _job = job;
        if (workdir is not null && !System.IO.Directory.Exists(workdir))
        {
            throw new HeliosException(ExitCode.NoInput, "the directory does not exist", $"--workdir {workdir}",
                "create it or name another");
        }

        if (workdir is not null) Directory = CurrentDirectory.Resolve(workdir);
        else Directory = IsStandardInput ? CurrentDirectory.Get() : System.IO.Path.GetDirectoryName(Path) ?? "/";
    }

    /// <summary>A copy of a job in a store.</summary>
    /// <param name="name">For messages: its address.</param>
    /// <param name="path">Absolute path of the copy.</param>
    /// <param name="directory">Absolute base directory.</param>
    internal JobSource(string name, string path, string directory) => (_name, _job, Directory) = (name, path, directory);

    internal bool IsStandardInput => _job == "-";

    /// <summary>For messages.</summary>
    internal string Name => IsStandardInput ? "standard input" : _name ?? _job;

    /// <summary>Absolute path of the file.</summary>
    internal string Path => CurrentDirectory.Resolve(_job);

    /// <summary>Absolute.</summary>
    internal string Directory { get; }

    /// <exception cref="HeliosException">66: there is no such file, or it cannot be read.</exception>
    internal Stream Open() => _name is null ? InputFile.Open(_job) : InputFile.OpenFile(_job, _name);

    /// <summary>For a spec that is read more than once: one that comes from a pipe is kept in memory.</summary>
    /// <exception cref="HeliosException">66: as of <see cref="Open"/>.</exception>
    internal Stream OpenSeekable()
    {
        Stream stream = Open();
        if (stream.CanSeek) return stream;
        var copy = new MemoryStream();
        using (stream) stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    /// <summary>Reads a whole spec and checks it, including its paths on this machine.</summary>
    /// <exception cref="HeliosException">65: the first problem, and the number of others.</exception>
    internal (JobSpec Spec, int Chunks) ReadChecked(Stream stream) => ReadChecked(stream, Name, Directory);

    /// <param name="stream">The spec.</param>
    /// <param name="name">For messages.</param>
    /// <param name="directory">Absolute base directory of its relative paths.</param>
    /// <exception cref="HeliosException">65: the first problem, and the number of others.</exception>
    internal static (JobSpec Spec, int Chunks) ReadChecked(Stream stream, string name, string directory)
    {
        var reader = new JobReader(name);
        var (spec, chunks) = Read(reader, stream, directory);
        reader.Problems.ThrowIfAny();
        return (spec!, chunks);
    }

    /// <summary>Reads a whole spec and, if it is valid, checks its paths on this machine. The reader has the problems.</summary>
    /// <param name="reader">Not used before.</param>
    /// <param name="stream">The spec.</param>
    /// <param name="directory">Absolute base directory of its relative paths.</param>
    internal static (JobSpec? Spec, int Chunks) Read(JobReader reader, Stream stream, string directory)
    {
        var (spec, chunks) = reader.ReadAll(stream);
        if (spec is not null && reader.Problems.IsEmpty) OutputSafety.Check(spec, reader.OtherOutputs, directory, reader.Problems);
        return (spec, chunks);
    }
}
