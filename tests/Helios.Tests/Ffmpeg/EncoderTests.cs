using System;
using System.Threading;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class EncoderTests
{
    private const string Place = "(frame 7 of page.html, STUB)";
    private const string Stalled =
        $"75: the encoder took nothing for 0 s {Place}; run it again; if it happens again, choose another codec or preset";

    [Test]
    public async Task A_stream_that_is_encoded_to_its_end_has_digests_for_its_seams()
    {
        Seam? seam = null;

        string text = Encode("cat >/dev/null; echo frame=3", encoder =>
        {
            Add(encoder, 3, 10);
            encoder.Finish(3);
            seam = encoder.Seam;
        });

        await Assert.That(text).IsEqualTo("");
        await Assert.That(seam!.Last).StartsWith("sha256:");
    }

    /// <summary>An encoder whose input was cut off is content with what there is.</summary>
    [Test]
    [Arguments("cat >/dev/null; echo frame=2", "75: the encoder wrote 2 frames of 3 " + Place + "; run it again")]
    [Arguments("cat >/dev/null; echo frame=2; echo 'x: no room' >&2",
        "75: the encoder wrote 2 frames of 3: x: no room " + Place + "; run it again")]
    [Arguments("cat >/dev/null; exit 3", "75: the encoder ended with exit code 3 after 3 frames " + Place + "; run it again")]
    [Arguments("cat >/dev/null; echo 'Unknown encoder' >&2; exit 1",
        "69: the encoder ended with exit code 1 after 3 frames: Unknown encoder " + Place
        + "; install an ffmpeg that has the codec, version 5.1 or later, or plan the job with another codec or pixel format")]
    public async Task Frames_are_counted_on_both_sides(string script, string text)
    {
        string error = Encode(script, encoder =>
        {
            Add(encoder, 3, 10);
            encoder.Finish(3);
        });

        await Assert.That(error).IsEqualTo(text);
    }

    [Test]
    [Arguments("exit 0", "75: the encoder ended with exit code 0 after ", 10_000)]
    [Arguments("exit 5", "75: the encoder ended with exit code 5 after ", 10_000)]
    [Arguments("exec <&-; exec sleep 100", "75: the encoder reads no more (frame 7", 50)]
    public async Task An_encoder_that_reads_no_more_is_noticed_while_frames_are_added(string script, string text, int readTimeout)
    {
        string error = Encode(script, static encoder => Add(encoder, 1000, 100_000), program => program with { ReadTimeout = readTimeout });

        await Assert.That(error).StartsWith(text);
    }

    [Test]
    public async Task An_encoder_that_takes_nothing_hangs()
    {
        string error = Encode("exec sleep 100", static encoder => Add(encoder, 1000, 3 << 20), MakeImpatient);

        await Assert.That(error).IsEqualTo(Stalled);
    }

    [Test]
    public async Task An_encoder_that_does_not_end_hangs()
    {
        string error = Encode("cat >/dev/null; exec sleep 100", static encoder => encoder.Finish(0), MakeImpatient);

        await Assert.That(error).IsEqualTo(Stalled);
    }

    [Test]
    public async Task A_page_that_does_not_finish_a_frame_is_not_the_encoders_fault()
    {
        string error = Encode("cat >/dev/null", static encoder =>
        {
            encoder.Add(new FakeFrame(static isAbandoned =>
            {
                while (!isAbandoned()) Thread.Sleep(5);
                throw new ReaderGoneException();
            }));
            while (true)
            {
                encoder.Check();
                Thread.Sleep(5);
            }
        }, MakeImpatient);

        await Assert
            .That(error)
            .IsEqualTo($"75: the page does not finish a frame {Place}; run it again; if it happens again, raise --timeout");
    }

    /// <returns>What goes wrong; empty for nothing.</returns>
    private static string Encode(string script, Action<Encoder> use, Func<FfmpegProgram, FfmpegProgram>? change = null)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        FfmpegProgram program = stub.ToFfmpeg(interrupts);
        if (change is not null) program = change(program);
        var stream = new MatroskaFrameStream(Specs.Options, new FrameFormat("png"));
        using var encoder = new Encoder(program, [], "/tmp", stream, 0, static () => "frame 7 of page.html");
        bool isDone = false;
        string error = "";
        try
        {
            error = Refusal.TextOf(() =>
            {
                use(encoder);
                isDone = true;
            });
        }
        catch (InvalidOperationException) when (isDone)
        {
            // nothing went wrong
        }

        return stub.Strip(error);
    }

    private static FfmpegProgram MakeImpatient(FfmpegProgram program) => program with { StallTimeout = 50 };

    private static void Add(Encoder encoder, int count, int size)
    {
        for (int i = 0; i < count; i++) encoder.Add(new FakeFrame(_ => new byte[size]));
    }

    private sealed class FakeFrame(Func<Func<bool>, byte[]> complete) : CapturedFrame
    {
        internal override ReadOnlySpan<byte> Complete(Func<bool> isAbandoned) => complete(isAbandoned);

        internal override void Return()
        {
        }
    }
}
