using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;
using System.Threading;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;

namespace Helios.Capture;

/// <summary>
/// The file through which the page hands over pixels: one memory page of sequence numbers, then a few slots of BGRA, row by row
/// from the top. It lies in the browser's profile as part of the page's own file system; only this page writes to it. A slot's
/// pixels are complete when its number is there, because they are written first.
/// </summary>
internal sealed class FrameRing : IDisposable
{
    /// <summary>Bytes before the first slot.</summary>
    internal const int HeaderSize = PageScripts.RingHeaderSize;

    internal const int Slots = PageScripts.RingSlots;

    private const int MagicOffset = 4092;
    private const uint Magic = 0x48454c49;
    private const int Slice = 50; // ms; the longest delay until the end is noticed

    private readonly MappedFile _file;
    private readonly long _slotSize;
    private int _used; // a bit for each slot
    private int _kept; // the bit of one of them

    private FrameRing(string path, long slotSize)
    {
        _file = new MappedFile(path);
        _slotSize = slotSize;
    }

    internal static long SizeOf(int width, int height) => HeaderSize + (Slots * (long)width * height * 4);

    /// <summary>Whether no frame is pending.</summary>
    internal bool IsIdle => (Volatile.Read(ref _used) & ~Volatile.Read(ref _kept)) == 0;

    internal bool HasFree => Volatile.Read(ref _used) != (1 << Slots) - 1;

    /// <summary>Opens the file if the page has made it; null otherwise.</summary>
    internal static FrameRing? TryOpen(string profile, int width, int height)
    {
        string folder = Path.Combine(profile, "Default", "File System");
        if (!Directory.Exists(folder)) return null;
        long size = SizeOf(width, height);
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                if (new FileInfo(path).Length != size || !HasMagic(path)) continue;
                return new FrameRing(path, (long)width * height * 4);
            }
        }
        catch (Exception error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            // the browser is still creating it, and removes its temporary files meanwhile
        }

        return null;
    }

    /// <summary>
    /// Whether a profile still has such a file, of a page that is closed: its pixels could be taken for those of another page.
    /// </summary>
    internal static bool IsLeft(string profile)
    {
        string folder = Path.Combine(profile, "Default", "File System");
        if (!Directory.Exists(folder)) return false;
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                if (new FileInfo(path).Length > HeaderSize && HasMagic(path)) return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true; // being deleted
        }

        return false;
    }

    /// <summary>A slot for the next frame; there must be one, <see cref="HasFree"/>.</summary>
    internal int Rent()
    {
        int used = Volatile.Read(ref _used);
        for (int slot = 0; slot < Slots; slot++)
        {
            if ((used & (1 << slot)) != 0) continue;
            _ = Interlocked.Or(ref _used, 1 << slot);
            return slot;
        }

        throw new InvalidOperationException("no free slot");
    }

    internal void Return(int slot) => _ = Interlocked.And(ref _used, ~(1 << slot));

    /// <summary>Keeps a slot's pixels until the next call although they are no longer needed.</summary>
    internal void Keep(int slot)
    {
        int before = Interlocked.Exchange(ref _kept, 1 << slot);
        _ = Interlocked.And(ref _used, ~before);
    }

    /// <summary>The kept pixels; empty when there are none.</summary>
    internal ReadOnlySpan<byte> GetKept(int count) => _kept == 0 ? default : PixelsOf(BitOperations.Log2((uint)_kept), count);

    internal bool IsWritten(int slot, uint sequence) => SequenceOf(slot) == sequence;

    /// <summary>The pixels of a slot. Waits until they are written.</summary>
    /// <exception cref="ReaderGoneException">Abandoned while waiting.</exception>
    internal ReadOnlySpan<byte> Read(int slot, uint sequence, int count, Func<bool> isAbandoned)
    {
        while (!IsWritten(slot, sequence))
        {
            if (isAbandoned()) throw new ReaderGoneException();
            _file.WaitForChange(Slice);
        }

        return PixelsOf(slot, count);
    }

    public void Dispose() => _file.Dispose();

    private ReadOnlySpan<byte> PixelsOf(int slot, int count) => _file.Slice(HeaderSize + (slot * _slotSize), count);

    private uint SequenceOf(int slot)
    {
        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(_file.Slice(slot * sizeof(uint), sizeof(uint)));
        Thread.MemoryBarrier(); // the pixels are read after it
        return sequence;
    }

    private static bool HasMagic(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        file.Position = MagicOffset;
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(magic) == Magic;
    }
}
