using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Processes;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class FrameWriterTests
{
    private const byte Same = 255; // a frame that turns out to be the one before

    [Test]
    public async Task What_goes_wrong_on_its_thread_is_thrown_where_somebody_listens()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var writer = new FrameWriter(input, Stream());
        _ = writer.TryAdd(new FakeFrame(static _ => throw new InvalidDataException("on purpose")));

        string? message = null;
        for (int wait = 0; wait < 500 && message is null; wait++)
        {
            Thread.Sleep(10);
            try
            {
                writer.ThrowFailure();
            }
            catch (InvalidDataException error)
            {
                message = error.Message;
            }
        }

        encoder.Dispose();
        await Assert.That(message).IsEqualTo("on purpose");
        await Assert.That(writer.TryAdd(null)).IsFalse();
    }

    [Test]
    public async Task While_no_frame_is_there_nothing_is_waited_for()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var writer = new FrameWriter(input, Stream());
        Thread.Sleep(50);

        await Assert.That(writer.EncoderSilence).IsEqualTo(0);
        await Assert.That(writer.PageSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    [Test]
    public async Task A_frame_that_is_still_drawn_is_the_pages_silence()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var writer = new FrameWriter(input, Stream());
        using var isDrawn = new ManualResetEventSlim();
        _ = writer.TryAdd(new FakeFrame(_ => { isDrawn.Wait(); return new byte[10]; }));

        await WaitFor(() => writer.PageSilence > 100);
        await Assert.That(writer.EncoderSilence).IsEqualTo(0);

        isDrawn.Set();
        await WaitFor(() => writer.Sent == 1);
        await Assert.That(writer.PageSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    [Test]
    public async Task An_encoder_that_takes_nothing_is_silent_until_it_does()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var writer = new FrameWriter(input, Stream());
        _ = writer.TryAdd(new FakeFrame(static _ => new byte[3 << 20])); // more than a pipe holds

        await WaitFor(() => writer.EncoderSilence > 100);
        await Assert.That(writer.PageSilence).IsEqualTo(0);

        byte[] buffer = new byte[1 << 16];
        for (int taken = 0; taken < 3 << 20;) taken += encoder.Read(buffer, 1000);
        await WaitFor(() => writer.Sent == 1);
        await Assert.That(writer.EncoderSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    [Test]
    public async Task What_stands_still_is_not_written_again_but_at_the_end()
    {
        // 25 frames a second, 0.1 ms
        await Assert.That(await Write([7, null, Same, 9, null, Same])).IsEquivalentTo(["0: 7", "1200: 9", "2000: 9"]);
    }

    [Test]
    public async Task What_stands_still_for_long_is_written_every_fifteen_frames_so_that_the_encoder_can_go_on()
    {
        await Assert
            .That(await Write([7, .. new byte?[14], 9, .. new byte?[17]]))
            .IsEquivalentTo(["0: 7", "6000: 9", "12000: 9", "12800: 9"]);
        await Assert.That(await Write([7, .. new byte?[30]])).IsEquivalentTo(["0: 7", "6000: 7", "12000: 7"]);
    }

    [Test]
    [Arguments(new[] { 7, 9 }, 7, 9, new[] { "0: 9" }, DisplayName = "another frame")]
    [Arguments(new[] { 7, -1 }, 7, 7, new[] { "0: 7" }, DisplayName = "the first frame is the one before")]
    [Arguments(new[] { 7, 255, -1, 9 }, 7, 9, new[] { "0: 7", "800: 9" }, DisplayName = "the first frame turns out to be the one before")]
    public async Task The_frame_before_the_chunk_is_hashed_but_not_written(int[] contents, int before, int last, string[] written)
    {
        byte?[] frames = Array.ConvertAll(contents, value => value < 0 ? (byte?)null : (byte)value);
        Seam? seam = null;

        await Assert.That(await Write(frames, hasBefore: true, found => seam = found)).IsEquivalentTo(written);
        await Assert.That(seam).IsEqualTo(new Seam { Before = DigestOf((byte)before), Last = DigestOf((byte)last) });
    }

    [Test]
    public async Task A_chunk_without_a_frame_before_it_has_the_digest_of_its_last_one()
    {
        Seam? seam = null;
        _ = await Write([7, 9, null], hasBefore: false, found => seam = found);

        await Assert.That(seam).IsEqualTo(new Seam { Last = DigestOf(9) });
    }

    private static string DigestOf(byte value) =>
        "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([value]));

    private static async Task<IEnumerable<string>> Write(byte?[] contents, bool hasBefore = false, Action<Seam>? onSeam = null)
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var writer = new FrameWriter(input, Stream(), hasBefore);
        var adding = Task.Run(() =>
        {
            foreach (byte? content in contents)
                while (!writer.TryAdd(content is byte value ? new FakeFrame(_ => value == Same ? [] : [value]) : null)) { }
            writer.End();
        });

        var written = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int taken; (taken = encoder.Read(buffer, 1000)) > 0;) written.Write(buffer, 0, taken);
        encoder.Dispose();
        await adding;

        await Assert.That(writer.Sent).IsEqualTo(contents.Length - (hasBefore ? 1 : 0));
        onSeam?.Invoke(new Seam { Before = writer.Seam.Before, Last = writer.Seam.Last });
        return [.. ReadFrames(written.ToArray())];
    }

    /// <summary>Time and first byte of every frame, read by the places where they must be.</summary>
    private static IEnumerable<string> ReadFrames(byte[] stream)
    {
        byte[] cluster = [0x1F, 0x43, 0xB6, 0x75];
        for (int at = stream.AsSpan().IndexOf(cluster); at >= 0 && at < stream.Length;)
        {
            long size = BinaryPrimitives.ReadInt64BigEndian(stream.AsSpan(at + 4)) & 0xFFFFFFFFFFFFFF;
            yield return $"{BinaryPrimitives.ReadInt64BigEndian(stream.AsSpan(at + 21))}: {stream[at + 42]}";
            at += 12 + (int)size;
        }
    }

    private static MatroskaFrameStream Stream() => new(Specs.Options, new FrameFormat("png"));

    private static async Task WaitFor(Func<bool> isDone)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isDone() && Stopwatch.GetElapsedTime(start).TotalSeconds < 10) await Task.Delay(5);
        await Assert.That(isDone()).IsTrue();
    }

    private sealed class FakeFrame(Func<Func<bool>, byte[]> complete) : CapturedFrame
    {
        internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned) => complete(isAbandoned);

        internal override void Return()
        {
        }
    }
}
