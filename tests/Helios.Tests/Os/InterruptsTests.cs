using System.IO;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os;

/// <summary>
/// Signals are for the whole process, so these run alone. Real ones would end the test runner, too: the end-to-end tests
/// send those.
/// </summary>
[NotInParallel]
internal sealed class InterruptsTests
{
    [Test]
    public async Task Who_listens_while_a_file_is_written_hears_what_comes_then()
    {
        using var folder = new TemporaryDirectory();
        using var outer = new Interrupts();

        AtomicFile.Write(folder["receipt.json"], stream =>
        {
            stream.Write("whole"u8);
            Terminate();
        }, isLast: true);

        await Assert.That(File.ReadAllText(folder["receipt.json"])).IsEqualTo("whole");
        await Assert.That(outer.Count).IsEqualTo(1);
        await Assert
            .That(Refusal.TextOf(outer.ThrowIfRequested))
            .IsEqualTo("143: interrupted by SIGTERM (signal); run it again; nothing half done was left behind");
    }

    /// <summary>Between the last byte and the name: while it is flushed.</summary>
    [Test]
    public async Task A_file_that_completes_nothing_is_not_written_after_a_signal()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("job.json", "old");
        using var outer = new Interrupts();

        HeliosException error = Refusal.Of(() => AtomicFile.Write(folder["job.json"], stream =>
        {
            stream.Write("new"u8);
            HangUp();
        }));

        await Assert.That((error.Code, error.What)).IsEqualTo((ExitCode.Terminated, "interrupted by SIGHUP"));
        await Assert.That(File.ReadAllText(folder["job.json"])).IsEqualTo("old");
        await Assert.That(Directory.GetFileSystemEntries(folder.FullPath).Length).IsEqualTo(1);
        await Assert.That(outer.Count).IsEqualTo(1);
    }

    [Test]
    public async Task Each_listener_hears_a_signal_once_and_counts_them()
    {
        using var first = new Interrupts();
        var ended = new Interrupts();
        ended.Dispose();
        using (var second = new Interrupts())
        {
            Terminate();
            HangUp();
            await Assert.That((first.Count, second.Count, ended.Count)).IsEqualTo((2, 2, 0));
        }

        using var late = new Interrupts();
        await Assert.That(late.Count).IsEqualTo(0);
        await Assert.That(Refusal.Of(first.ThrowIfRequested).What).IsEqualTo("interrupted by SIGTERM"); // the first
    }

    private static void Terminate() => Interrupts.Tell(ExitCode.Terminated, "SIGTERM");

    private static void HangUp() => Interrupts.Tell(ExitCode.Terminated, "SIGHUP");
}
