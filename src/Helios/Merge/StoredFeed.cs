using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Media;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;

namespace Helios.Merge;

/// <summary>
/// Feeds ffmpeg with chunks of a store while they are fetched. ffmpeg opens each file of its list when it has read the one before; here
/// the files are named pipes, and opening one waits until helios has fetched and checked the chunk. So the disk holds the chunks at hand
/// and the result, however many chunks there are. A pipe cannot be sought in: movies come with their tables first.
/// </summary>
/// <param name="files">All chunks, in order.</param>
/// <param name="isMovie">Whether chunks are movies, otherwise Matroska.</param>
/// <param name="settings">Settings of the merge.</param>
internal sealed class StoredFeed(IReadOnlyList<StoredChunkFile> files, bool isMovie, MergeSettings settings) : IDisposable
{
    private const int WriteOnly = 1; // O_WRONLY
    private const int NoReader = 6; // ENXIO
    private const uint OwnerOnly = 0x180; // 0600
    private const int Slice = 50;

    private readonly PrivateDirectory _pipes = PrivateDirectory.Create(PrivateDirectory.OfMerge);

    /// <summary>Path of a chunk's pipe, for the list.</summary>
    internal string PipeOf(int index) =>
        Path.Combine(_pipes.Path, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Makes the first pipe; call it before the list ends.</summary>
    internal void Begin() => Make(0);

    /// <summary>Passes all chunks to ffmpeg.</summary>
    /// <param name="process">ffmpeg, which has its list.</param>
    /// <param name="inspect">Checks a fetched chunk; throws when it is wrong.</param>
    internal void Run(ConcatProcess process, Action<Chunk> inspect)
    {
        using var fetch = new ChunkFetch(files, settings.FetchChunk!);
        for (int i = 0; i < files.Count; i++)
        {
            fetch.WaitFor(i, () =>
            {
                process.NoteIdle(); // it waits for helios
                process.Check();
            });
            inspect(files[i].Chunk);
            process.NoteIdle();
            Send(i, process);
            fetch.Release(i);
        }
    }

    public void Dispose() => _pipes.Dispose();

    private void Make(int index)
    {
        if (Libc.MakeFifo(PipeOf(index), OwnerOnly) == 0) return;
        throw SystemError.ToException(SystemError.ToSystemException(Marshal.GetLastPInvokeError()), "a named pipe cannot be made",
            _pipes.Path, "set TMPDIR to a directory of another file system");
    }

    /// <summary>Waits for ffmpeg to open the pipe; our descriptor of it.</summary>
    private int Open(int index, ConcatProcess process)
    {
        while (true)
        {
            int descriptor = Libc.OpenAt(Libc.CurrentFolder, PipeOf(index), WriteOnly | Libc.NonBlocking | Libc.CloseOnExec);
            if (descriptor >= 0)
            {
                AtomicFile.DeleteQuietly(PipeOf(index)); // both have it open
                return descriptor;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error is not (NoReader or Libc.InterruptedCall))
            {
                throw SystemError.ToException(SystemError.ToSystemException(error), "a named pipe cannot be opened",
                    _pipes.Path, "run it again");
            }

            process.Check();
            System.Threading.Thread.Sleep(1);
        }
    }

    private void Send(int index, ConcatProcess process)
    {
        StoredChunkFile file = files[index];
        using var pipe = new PipeEnd(Open(index, process));
        if (index + 1 < files.Count) Make(index + 1); // before this one ends, since ffmpeg opens the next at once
        using FileStream stream = InputFile.OpenFile(file.Path, file.Chunk.Output);
        try
        {
            if (isMovie)
            {
                StreamableMovie.Copy(stream, Write);
                return;
            }

            byte[] buffer = new byte[256 * 1024];
            for (int count; (count = stream.Read(buffer)) > 0;) Write(buffer.AsSpan(0, count));
        }
        catch (InvalidDataException error)
        {
            throw new HeliosException(ExitCode.Invalid, "a chunk cannot be merged: " + error.Message, file.Chunk.Output,
                "render it again", error);
        }
        catch (ReaderGoneException)
        {
            throw process.OnInputClosed("does not read a chunk to its end");
        }

        void Write(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                int count = pipe.Write(bytes, Slice);
                if (count > 0) bytes = bytes[count..];
                else process.Check();
            }
        }
    }
}
