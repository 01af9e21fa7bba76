using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Os;
using Helios.Page;
using Helios.Render;

namespace Helios.Tests.Render;

/// <summary>When the rest of a chunk is gone through first, and what is known of its frames then.</summary>
internal sealed class UnchangedFramesTests
{
    [Test]
    public async Task After_some_equal_frames_the_rest_is_looked_at_and_a_new_page_continues_where_this_one_was()
    {
        using var walk = new Walk(start: 20, count: 100) { Changes = [40, 41] };

        walk.NoteEqual(21, UnchangedFrames.EqualBefore - 1);
        string before = walk.Log;
        walk.NoteEqual(30, 1);

        await Assert.That((before, walk.Log)).IsEqualTo(("", "looked at 31..119, restarted before 31"));
        await Assert.That(string.Join(' ', Enumerable.Range(0, 200).Where(frame => walk.Frames.IsUnchanged(frame))))
            .IsEqualTo(string.Join(' ', Enumerable.Range(31, 89).Except(walk.Changes)));
    }

    [Test]
    public async Task Equal_frames_count_only_in_a_row()
    {
        using var walk = new Walk(start: 0, count: 100);

        walk.NoteEqual(1, UnchangedFrames.EqualBefore - 1);
        walk.Frames.Note(10, isEqual: false);
        walk.NoteEqual(11, UnchangedFrames.EqualBefore - 1);

        await Assert.That(walk.Log).IsEqualTo("");
    }

    [Test]
    [Arguments(0, 71, 0, true, DisplayName = "60 left")]
    [Arguments(0, 70, 0, false, DisplayName = "59 left: two browser starts cost as much")]
    [Arguments(349, 71, 0, true, DisplayName = "60 left after 360 frames")]
    [Arguments(355, 71, 0, false, DisplayName = "60 left after 366 frames, which are gone through again")]
    [Arguments(355, 71, 300, true, DisplayName = "60 left after 366 frames, of which 300 are jumped over")]
    public async Task It_is_done_where_it_saves_time(int start, int count, int jumped, bool looks)
    {
        using var walk = new Walk(start, count) { Jumped = jumped };

        walk.NoteEqual(start + 1, UnchangedFrames.EqualBefore);

        await Assert.That(walk.Log.Length > 0).IsEqualTo(looks);
    }

    [Test]
    public async Task It_is_not_done_where_a_look_costs_as_much_as_a_picture()
    {
        using var paint = new Walk(start: 0, count: 100) { CanLook = false };

        paint.NoteEqual(1, 50);

        await Assert.That(paint.Log).IsEqualTo("");
    }

    /// <summary>Frames that were not looked at count as changed, and it is not tried again.</summary>
    [Test]
    public async Task It_is_given_up_for_the_chunk_when_more_than_half_of_the_frames_change()
    {
        const int First = UnchangedFrames.EqualBefore + 1;
        using var walk = new Walk(start: 0, count: 500) { Changes = [.. Enumerable.Range(First + 3, 400)] };

        walk.NoteEqual(1, UnchangedFrames.EqualBefore);
        int last = First + 3 + (UnchangedFrames.Window / 2);
        string log = walk.Log;
        walk.NoteEqual(last + 1, 100);

        await Assert.That(log).IsEqualTo($"looked at {First}..{last}, restarted before {First}");
        await Assert.That(walk.Log).IsEqualTo(log);
        await Assert.That(string.Join(' ', Enumerable.Range(0, 500).Where(frame => walk.Frames.IsUnchanged(frame)))).IsEqualTo("11 12 13");
    }

    [Test]
    public async Task Changes_long_ago_do_not_count()
    {
        const int First = UnchangedFrames.EqualBefore + 1;
        using var walk = new Walk(start: 0, count: 500)
        {
            Changes = [.. Enumerable.Range(First, UnchangedFrames.Window / 2), .. Enumerable.Range(First + UnchangedFrames.Window, 16)],
        };

        walk.NoteEqual(1, UnchangedFrames.EqualBefore);

        await Assert.That(walk.Log).IsEqualTo($"looked at {First}..499, restarted before {First}");
    }

    [Test]
    public async Task Each_frame_that_is_passed_is_a_sign_of_life_and_a_look_at_the_encoder()
    {
        using var walk = new Walk(start: 20, count: 100);

        walk.NoteEqual(21, UnchangedFrames.EqualBefore);

        await Assert.That(walk.Signs.Distinct().Single()).IsEqualTo(11L); // frames of the chunk that are done
        await Assert.That((walk.Signs.Count, walk.Checks)).IsEqualTo((89 + 31, 89 + 31));
    }

    [Test]
    public async Task An_encoder_that_has_ended_ends_it()
    {
        using var walk = new Walk(start: 0, count: 100) { EncoderEndsAfter = 5 };

        await Assert.That(() => walk.NoteEqual(1, UnchangedFrames.EqualBefore)).Throws<TimeoutException>();
        await Assert.That(walk.Log).IsEqualTo("looked at 11..15");
    }

    /// <summary>A page that writes down where it is taken.</summary>
    private sealed class Walk : IFrameWalk, IDisposable
    {
        private readonly Interrupts _interrupts = new();
        private readonly List<long> _looked = [];
        private long? _restarted;

        internal Walk(int start, int count)
        {
            var settings = new RenderSettings
            {
                Directory = "",
                Browser = new("", null, ""),
                EncoderPath = "",
                FrameTimeout = 1,
                ReadyTimeout = 1,
                Interrupts = _interrupts,
                Warn = static _ => { },
                OnFrame = Signs.Add,
            };
            Frames = new UnchangedFrames(
                this,
                new Chunk
                {
                    Id = 0,
                    StartFrame = start,
                    FrameCount = count,
                    Output = "a.mov",
                },
                settings,
                CheckEncoder);
        }

        public bool CanLook { get; init; } = true;

        internal long Jumped { get; init; }

        internal UnchangedFrames Frames { get; }

        internal int[] Changes { get; init; } = [];

        internal int EncoderEndsAfter { get; init; } = int.MaxValue;

        internal List<long> Signs { get; } = [];

        internal int Checks { get; private set; }

        internal string Log =>
            (_looked.Count > 0 ? $"looked at {_looked[0]}..{_looked[^1]}" : "")
            + (_restarted is long frame ? $", restarted before {frame}" : "");

        internal void NoteEqual(int first, int count)
        {
            for (int i = 0; i < count; i++) Frames.Note(first + i, isEqual: true);
        }

        public bool Look(long frame)
        {
            _looked.Add(frame);
            return Changes.Contains((int)frame);
        }

        public long CountBefore(long frame) => frame - Jumped;

        public void RestartBefore(long frame, Action onPassed)
        {
            _restarted = frame;
            for (long i = 0; i < frame; i++) onPassed();
        }

        public void Dispose() => _interrupts.Dispose();

        private void CheckEncoder()
        {
            if (++Checks == EncoderEndsAfter) throw new TimeoutException();
        }
    }
}
