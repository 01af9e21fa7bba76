using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Helios.Os;
using Helios.Render;

namespace Helios.Tests.Render;

internal sealed class EncoderFeedTests
{
    [Test]
    public async Task What_goes_wrong_on_its_thread_is_thrown_where_somebody_listens()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var feed = new EncoderFeed(input);
        _ = feed.TryAdd(new FakePicture(static _ => throw new InvalidDataException("on purpose")));

        string? message = null;
        for (int wait = 0; wait < 500 && message is null; wait++)
        {
            Thread.Sleep(10);
            try
            {
                feed.ThrowFailure();
            }
            catch (InvalidDataException error)
            {
                message = error.Message;
            }
        }

        encoder.Dispose();
        await Assert.That(message).IsEqualTo("on purpose");
        await Assert.That(feed.TryAdd(null)).IsFalse();
    }

    [Test]
    public async Task While_no_picture_is_there_nobody_is_silent()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var feed = new EncoderFeed(input);
        Thread.Sleep(50);

        await Assert.That(feed.EncoderSilence).IsEqualTo(0);
        await Assert.That(feed.PageSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    [Test]
    public async Task A_picture_that_is_still_drawn_is_the_pages_silence()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var feed = new EncoderFeed(input);
        using var isDrawn = new ManualResetEventSlim();
        _ = feed.TryAdd(new FakePicture(_ => { isDrawn.Wait(); return new byte[10]; }));

        await WaitFor(() => feed.PageSilence > 100);
        await Assert.That(feed.EncoderSilence).IsEqualTo(0);

        isDrawn.Set();
        await WaitFor(() => feed.Sent == 1);
        await Assert.That(feed.PageSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    [Test]
    public async Task An_encoder_that_takes_nothing_is_silent_until_it_does()
    {
        using PipeEnd input = PipeEnd.Create(isReader: false, out PipeEnd encoder);
        using var feed = new EncoderFeed(input);
        _ = feed.TryAdd(new FakePicture(static _ => new byte[3 << 20])); // more than a pipe holds

        await WaitFor(() => feed.EncoderSilence > 100);
        await Assert.That(feed.PageSilence).IsEqualTo(0);

        byte[] buffer = new byte[1 << 16];
        for (int taken = 0; taken < 3 << 20;) taken += encoder.Read(buffer, 1000);
        await WaitFor(() => feed.Sent == 1);
        await Assert.That(feed.EncoderSilence).IsEqualTo(0);
        encoder.Dispose();
    }

    private static async Task WaitFor(Func<bool> isDone)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isDone() && Stopwatch.GetElapsedTime(start).TotalSeconds < 10) await Task.Delay(5);
        await Assert.That(isDone()).IsTrue();
    }

    private sealed class FakePicture(Func<Func<bool>, byte[]> complete) : Picture
    {
        internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned) => complete(isAbandoned);

        internal override void Return()
        {
        }
    }
}
