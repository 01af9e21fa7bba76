using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;

namespace Helios.Run.Stores;

/// <summary>Puts chunks that a run has rendered into the store, on a thread of its own, while others are rendered.</summary>
internal sealed class ChunkUpload : IDisposable
{
    private readonly StoredJob _stored;
    private readonly Queue<Chunk> _queue = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private Exception? _error;
    private bool _isFinished;
    private bool _isAbandoned;

    internal ChunkUpload(StoredJob stored)
    {
        _stored = stored;
        _thread = new Thread(Work) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues a chunk, whose file and receipt stay where they are.</summary>
    /// <exception cref="HeliosException">An earlier chunk could not be put.</exception>
    internal void Add(Chunk chunk)
    {
        lock (_gate)
        {
            if (_error is not null) throw _error;
            _queue.Enqueue(chunk);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all chunks are in the store.</summary>
    /// <exception cref="HeliosException">One could not be put.</exception>
    internal void Finish()
    {
        lock (_gate)
        {
            _isFinished = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        if (_error is not null) throw _error;
    }

    /// <summary>Waits for the chunk that is being put.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isFinished = _isAbandoned = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void Work()
    {
        try
        {
            while (Take() is Chunk chunk) Put(chunk);
        }
        catch (Exception error)
        {
            lock (_gate) _error = error;
        }
    }

    private Chunk? Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_isFinished) _ = Monitor.Wait(_gate);
            return _isAbandoned || _queue.Count == 0 ? null : _queue.Dequeue();
        }
    }

    private void Put(Chunk chunk)
    {
        string receiptPath = Receipt.PathOf(Path.Combine(_stored.Directory, chunk.Output));
        try
        {
            using (FileStream stream = InputFile.OpenRegular(receiptPath, receiptPath))
                _stored.PutChunk(chunk, ReceiptDocument.Read(stream, receiptPath));
        }
        catch (Exception) when (!File.Exists(receiptPath))
        {
            // found wrong and removed meanwhile: it is rendered again, and queued again
        }
    }
}
