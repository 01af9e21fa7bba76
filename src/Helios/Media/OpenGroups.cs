using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>Bytes that take the place of those of a file.</summary>
/// <param name="Start">Their position in the file.</param>
/// <param name="Bytes">As many as they replace.</param>
internal readonly record struct BytePatch(long Start, byte[] Bytes);

/// <summary>
/// Finds the keyframes of an mp4 or mov file with H.264 that are no IDR frames, where it has open groups of pictures: frames after such a
/// keyframe refer to frames before it. Chromium 156 cannot start decoding there, and tries to whenever a page or helios seeks. Without
/// them in its table of keyframes (<c>stss</c>) it starts at an earlier one. ISO/IEC 14496-12, 14496-15.
/// </summary>
internal sealed class OpenGroups
{
    private const int MostKeyframes = 1 << 20;
    private const int MostFrames = 1 << 24; // 38 hours at 120 a second
    private const byte TypeOfUnit = 0x1f, Slice = 1, IdrSlice = 5; // NAL units

    private readonly ByteReader _reader;
    private readonly MovieBoxes _boxes;

    private OpenGroups(FileStream file)
    {
        _reader = new ByteReader(file);
        _boxes = new MovieBoxes(_reader);
    }

    /// <summary>
    /// The beginnings of the tables without those keyframes; empty when there are none, or when the file is of another kind.
    /// </summary>
    internal static IReadOnlyList<BytePatch> Find(FileStream file)
    {
        var groups = new OpenGroups(file);
        var patches = new List<BytePatch>();
        foreach (MovieBox track in groups.FindTracks())
            if (groups.TryFindIn(track) is BytePatch patch) patches.Add(patch);
        return patches;
    }

    /// <summary>The tracks up to the first box that is broken; the browser says what it makes of that.</summary>
    private List<MovieBox> FindTracks()
    {
        var tracks = new List<MovieBox>();
        try
        {
            for (long at = 0; at < _reader.Length;)
            {
                MovieBox box = _boxes.Read(at, _reader.Length);
                at = box.End;
                for (long inner = box.Start; box.Is("moov") && inner < box.End && tracks.Count < MovieBoxes.MostTracks;)
                {
                    MovieBox track = _boxes.Read(inner, box.End);
                    inner = track.End;
                    if (track.Is("trak")) tracks.Add(track);
                }
            }
        }
        catch (InvalidDataException)
        {
            return tracks;
        }

        return tracks;
    }

    private BytePatch? TryFindIn(MovieBox track)
    {
        try
        {
            return FindIn(track);
        }
        catch (InvalidDataException)
        {
            return null; // likewise
        }
    }

    private BytePatch? FindIn(MovieBox track)
    {
        MovieBox tables = _boxes.Require(_boxes.Require(_boxes.Require(track, "mdia"), "minf"), "stbl");
        MovieBox entries = _boxes.Require(tables, "stsd");
        MovieBox entry = _boxes.Read(entries.Start + 8, entries.End);
        if (_boxes.Find(tables, "stss") is not MovieBox table || !Array.Exists(VideoCodec.H264.SampleEntries, entry.Is)) return null;
        if (ReadKeyframes(table) is not uint[] keyframes || !HasOpen(keyframes, tables)) return null;

        MovieBox settings = _boxes.Require(entry with { Start = entry.Start + MovieBoxes.VisualEntrySize }, "avcC");
        _reader.Position = settings.Start + 4;
        int prefix = (_reader.ReadByte() & 3) + 1; // bytes of the length before each NAL unit
        var kept = new List<uint>();
        var places = new SamplePlaces(_reader, _boxes, tables);
        foreach (uint frame in keyframes)
        {
            var (start, length) = places.Find(frame);
            if (kept.Count == 0 || IsIdr(start, start + length, prefix)) kept.Add(frame);
        }

        if (kept.Count == keyframes.Length) return null;
        byte[] bytes = new byte[4 + kept.Count * 4]; // what the shorter table leaves over stays, and is not read
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)kept.Count);
        for (int i = 0; i < kept.Count; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + i * 4), kept[i]);
        return new BytePatch(table.Start + 4, bytes);
    }

    /// <summary>
    /// Numbers of the keyframes, from 1 in decoding order; null when there are more than are looked at, or fewer than said.
    /// </summary>
    private uint[]? ReadKeyframes(MovieBox table)
    {
        _reader.Position = table.Start + 4;
        long count = _reader.ReadUInt32();
        if (count > MostKeyframes || table.Start + 8 + count * 4 > table.End) return null;
        var keyframes = new uint[count];
        for (int i = 0; i < count; i++) keyframes[i] = _reader.ReadUInt32();
        return keyframes;
    }

    /// <summary>Whether a frame is shown before a keyframe that is decoded before it, which costs no look at the frames.</summary>
    private bool HasOpen(uint[] keyframes, MovieBox tables)
    {
        if (_boxes.Find(tables, "ctts") is not MovieBox offsets) return false; // all are shown as they are decoded
        long decoding = _boxes.Require(tables, "stts").Start;
        _reader.Position = _boxes.Require(tables, "stsz").Start + 8;
        uint count = _reader.ReadUInt32();
        if (count > MostFrames) return false;
        var times = new SampleTimes(_reader, decoding, offsets.Start, count);
        int next = 0; // keyframe
        uint frame = 0;
        long shown = long.MinValue; // when the last keyframe is
        bool hasOpen = false;
        times.ReadAll(time =>
        {
            hasOpen |= time < shown;
            frame++;
            if (next == keyframes.Length || keyframes[next] != frame) return;
            next++;
            shown = time;
        });
        return hasOpen;
    }

    /// <summary>Whether the first slice of a frame is one of an IDR frame.</summary>
    private bool IsIdr(long at, long end, int prefix)
    {
        while (end - at > prefix)
        {
            _reader.Position = at;
            long length = (long)_reader.ReadUInt(prefix);
            int type = _reader.ReadByte() & TypeOfUnit;
            if (type is >= Slice and <= IdrSlice) return type == IdrSlice;
            at += prefix + length;
        }

        return false;
    }
}
