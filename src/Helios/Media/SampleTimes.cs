using System;
using System.IO;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Computes when the samples of a track are shown, from the tables of decoding times (<c>stts</c>) and of their offsets
/// (<c>ctts</c>). Both are run-length encoded and read in parallel.
/// </summary>
/// <param name="reader">The file.</param>
/// <param name="decoding">Payload of <c>stts</c>.</param>
/// <param name="offsets">Payload of <c>ctts</c>, or null when there is none.</param>
/// <param name="count">Number of samples of the track.</param>
internal sealed class SampleTimes(ByteReader reader, long decoding, long? offsets, long count)
{
    private const string Disagree = "it is broken: its tables disagree about the number of frames";

    /// <summary>Total duration of all samples, in units of the track.</summary>
    internal long ReadTotal()
    {
        long total = 0;
        var runs = new Runs(decoding);
        for (long left = count; left > 0; left -= runs.Left)
        {
            Read(ref runs);
            total += (uint)runs.Value * Math.Min(left, runs.Left);
        }

        return total;
    }

    /// <summary>Calls <paramref name="visit"/> with the time of every sample in decoding order.</summary>
    /// <exception cref="InvalidDataException">The tables are shorter than they should be.</exception>
    internal void ReadAll(Action<long> visit)
    {
        long time = 0;
        var steps = new Runs(decoding);
        var shifts = new Runs(offsets ?? 0);
        for (long i = 0; i < count; i++)
        {
            if (steps.Left == 0) Read(ref steps);
            if (offsets is not null && shifts.Left == 0) Read(ref shifts);
            visit(time + shifts.Value);
            time += (uint)steps.Value;
            steps.Left--;
            shifts.Left--;
        }

        if (steps.Left != 0 || (offsets is not null && shifts.Left != 0)) throw new InvalidDataException(Disagree);
    }

    private void Read(ref Runs runs)
    {
        reader.Position = runs.At + (runs.Index == 0 ? 4 : 0);
        if (runs.Index == 0) runs.Count = reader.ReadUInt32();
        do
        {
            if (runs.Index++ == runs.Count) throw new InvalidDataException(Disagree);
            runs.Left = reader.ReadUInt32();
            runs.Value = (int)reader.ReadUInt32();
        }
        while (runs.Left == 0);
        runs.At = reader.Position;
    }

    /// <summary>A table while it is read: how many times its current value remains in use.</summary>
    private struct Runs(long at)
    {
        internal long At = at;
        internal long Index;
        internal long Count;
        internal long Left;
        internal int Value;
    }
}
