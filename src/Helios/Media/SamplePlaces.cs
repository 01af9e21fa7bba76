using System.IO;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Finds where the samples of a track lie in the file, from the tables of chunks (<c>stsc</c>, <c>stco</c> or <c>co64</c>) and of sizes
/// (<c>stsz</c>). Samples are asked for in rising order.
/// </summary>
internal sealed class SamplePlaces
{
    private readonly ByteReader _reader;
    private readonly long _runs, _chunks, _sizes; // where their entries begin
    private readonly long _runCount;
    private readonly long _count; // of samples
    private readonly int _chunkWidth; // bytes of an offset
    private readonly uint _size; // of each sample; 0 when each has its own

    private long _run; // number of runs read
    private long _nextRun; // chunk, from 1, with which the next one begins
    private long _perChunk;
    private long _chunk; // from 1
    private long _first = 1; // sample of the chunk, from 1
    private long _sample = 1; // of _start
    private long _start;

    /// <param name="reader">The file.</param>
    /// <param name="boxes">Its boxes.</param>
    /// <param name="tables">The track's <c>stbl</c>.</param>
    /// <exception cref="InvalidDataException">A table is missing.</exception>
    internal SamplePlaces(ByteReader reader, MovieBoxes boxes, MovieBox tables)
    {
        _reader = reader;
        _runs = boxes.Require(tables, "stsc").Start + 8;
        bool isLong = boxes.Find(tables, "stco") is null;
        _chunks = boxes.Require(tables, isLong ? "co64" : "stco").Start + 8;
        _chunkWidth = isLong ? 8 : 4;
        _sizes = boxes.Require(tables, "stsz").Start + 12;
        _size = ReadAt(_sizes - 8);
        _count = ReadAt(_sizes - 4);
        _runCount = ReadAt(_runs - 4);
        OpenChunk(1);
    }

    /// <param name="sample">Its number, from 1, not before that of the last call.</param>
    /// <exception cref="InvalidDataException">The tables end earlier.</exception>
    internal (long Start, long Length) Find(long sample)
    {
        if (sample > _count) throw new InvalidDataException("it is broken: it has fewer samples than keyframes");
        while (sample >= _first + _perChunk)
        {
            _first += _perChunk;
            OpenChunk(_chunk + 1);
        }

        if (_size > 0) (_start, _sample) = (_start + (sample - _sample) * _size, sample);
        for (; _sample < sample; _sample++) _start += SizeOf(_sample);
        return (_start, SizeOf(sample));
    }

    private void OpenChunk(long chunk)
    {
        _chunk = chunk;
        while (_run < _runCount && (_run == 0 || chunk >= _nextRun))
        {
            _perChunk = ReadAt(_runs + _run * 12 + 4);
            _run++;
            _nextRun = _run < _runCount ? ReadAt(_runs + _run * 12) : long.MaxValue;
        }

        if (_perChunk == 0) throw new InvalidDataException("it is broken: a chunk has no samples");
        _reader.Position = _chunks + (chunk - 1) * _chunkWidth;
        _start = (long)_reader.ReadUInt(_chunkWidth);
        if (_start < 0 || _start > _reader.Length) throw new InvalidDataException("it is broken: a chunk lies past its end");
        _sample = _first;
    }

    private long SizeOf(long sample) => _size > 0 ? _size : ReadAt(_sizes + (sample - 1) * 4);

    private uint ReadAt(long position)
    {
        _reader.Position = position;
        return _reader.ReadUInt32();
    }
}
