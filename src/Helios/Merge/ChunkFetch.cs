using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Merge;

/// <summary>
/// Fetches chunk files of a job in a store in their order, ahead of the merge. What is ahead is bounded: one chunk, or a few small ones,
/// which several programs fetch at a time, since each takes a second to start.
/// </summary>
internal sealed class ChunkFetch : IDisposable
{
    /// <summary>Bytes ahead of the merge, unless a single chunk has more.</summary>
    internal const long MostAhead = 64 * 1024 * 1024;

    private const int MostAtOnce = 4;
    private const int MostChunksAhead = 16;
    private const int Slice = 50;

    private readonly IReadOnlyList<StoredChunkFile> _files;
    private readonly Action<StoredChunkFile> _fetch;
    private readonly bool[] _isThere;
    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private int _next; // the first file that no thread has taken
    private int _done; // files that the merge has read
    private long _ahead; // bytes of files that are taken, and that the merge has not read
    private Exception? _error;
    private bool _isEnded;

    /// <param name="files">All chunks, in order.</param>
    /// <param name="fetch">Fetches a chunk's file to its place; called on several threads.</param>
    internal ChunkFetch(IReadOnlyList<StoredChunkFile> files, Action<StoredChunkFile> fetch)
    {
        _files = files;
        _fetch = fetch;
        _isThere = new bool[files.Count];
        _threads = new Thread[Math.Min(MostAtOnce, files.Count)];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true };
            _threads[i].Start();
        }
    }

    /// <summary>Waits until the next chunk is there.</summary>
    /// <param name="index">Its index: 0, then 1, …</param>
    /// <param name="check">Called repeatedly; may throw to stop.</param>
    internal void WaitFor(int index, Action check)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_error is not null) throw _error;
                if (_isThere[index]) return;
                _ = Monitor.Wait(_gate, Slice);
            }

            check();
        }
    }

    /// <summary>The merge has read the chunk: its file is removed, and there is room for another.</summary>
    internal void Release(int index)
    {
        AtomicFile.DeleteQuietly(_files[index].Path);
        lock (_gate)
        {
            _done = index + 1;
            _ahead -= _files[index].Size;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for running programs, which an interrupt ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads) thread.Join();
    }

    private void Work()
    {
        try
        {
            while (Take() is int index)
            {
                _fetch(_files[index]);
                lock (_gate)
                {
                    _isThere[index] = true;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _error ??= error;
                _isEnded = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private int? Take()
    {
        lock (_gate)
        {
            while (!_isEnded && _next < _files.Count && !HasRoom()) _ = Monitor.Wait(_gate, Slice);
            if (_isEnded || _next == _files.Count) return null;
            _ahead += _files[_next].Size;
            return _next++;
        }
    }

    /// <summary>The chunk that the merge reads counts: with it, at least one more may be there.</summary>
    private bool HasRoom() =>
        _next - _done < 2 || (_next - _done < MostChunksAhead && _ahead + _files[_next].Size <= MostAhead);
}

/// <summary>A chunk file in a store.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Digest">Of its receipt.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Path">Where it is fetched to, absolute.</param>
internal sealed record StoredChunkFile(Chunk Chunk, string Digest, long Size, string Path);
