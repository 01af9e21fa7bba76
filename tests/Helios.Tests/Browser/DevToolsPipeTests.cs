using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

/// <summary>Messages that end in NUL, whatever the pieces are in which they come.</summary>
internal sealed class DevToolsPipeTests
{
    [Test]
    [Arguments(1, DisplayName = "byte by byte")]
    [Arguments(3, DisplayName = "a few bytes at a time")]
    [Arguments(1000, DisplayName = "all at once")]
    public async Task Messages_come_whole_and_in_order(int step)
    {
        using var peer = new DevToolsPeer();
        byte[] said = Encoding.UTF8.GetBytes("""{"a":"ü"}""" + "\0\0{}\0");
        var received = new List<string>();

        for (int i = 0; i < said.Length; i += step)
        {
            peer.Write(said.AsSpan(i, Math.Min(step, said.Length - i)));
            while (peer.Pipe.TryReceive(0, out ReadOnlySpan<byte> message)) received.Add(Encoding.UTF8.GetString(message));
        }

        await Assert.That(string.Join(';', received)).IsEqualTo("""{"a":"ü"};;{}""");
        await Assert.That(peer.Pipe.IsClosed).IsFalse();
    }

    /// <summary>The rest of the buffer is moved to its beginning first, and then the buffer grows.</summary>
    [Test]
    public async Task A_message_may_begin_anywhere_in_the_buffer_and_be_larger_than_it()
    {
        using var peer = new DevToolsPeer();
        int[] sizes = [700_000, 700_000, 10, 3_000_000, 1];
        Task saying = Task.Run(() => Array.ForEach(sizes, size => peer.Say(new string('x', size))));

        var received = new List<int>();
        while (received.Count < sizes.Length && peer.Pipe.TryReceive(10_000, out ReadOnlySpan<byte> message))
            received.Add(message.TrimEnd((byte)'x').Length == 0 ? message.Length : -1);
        await saying;

        await Assert.That(string.Join(' ', received)).IsEqualTo(string.Join(' ', sizes));
    }

    [Test]
    public async Task Nothing_in_time_is_no_end()
    {
        using var peer = new DevToolsPeer();

        bool isThere = peer.Pipe.TryReceive(1, out _);

        await Assert.That((isThere, peer.Pipe.IsClosed)).IsEqualTo((false, false));
    }

    [Test]
    public async Task The_end_of_the_browser_closes_the_pipe_after_what_it_has_said()
    {
        using var peer = new DevToolsPeer();
        peer.Say("{}");
        peer.Write("cut"u8);
        peer.End();

        bool first = peer.Pipe.TryReceive(1000, out _);
        bool second = peer.Pipe.TryReceive(1000, out _);

        await Assert.That((first, second, peer.Pipe.IsClosed)).IsEqualTo((true, false, true));
    }

    [Test]
    public async Task A_browser_that_is_gone_is_noticed_when_it_is_called()
    {
        using var peer = new DevToolsPeer();
        peer.End();

        peer.Pipe.Send("{}\0"u8);
        peer.Pipe.Send("{}\0"u8);

        await Assert.That((peer.Pipe.IsClosed, peer.Pipe.Reason)).IsEqualTo((true, ""));
    }

    [Test]
    public async Task What_is_sent_ends_in_NUL()
    {
        using var peer = new DevToolsPeer();

        peer.Pipe.Send("{\"id\":1,\"method\":\"A.a\"}\0"u8);
        peer.Pipe.Send("{\"id\":2,\"method\":\"B.b\"}\0"u8);

        await Assert.That(peer.HearText()).IsEqualTo("1 A.a -\n2 B.b -");
    }
}
