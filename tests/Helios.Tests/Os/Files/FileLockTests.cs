using System.IO;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class FileLockTests
{
    [Test]
    public async Task One_holds_it_at_a_time_and_nothing_stays()
    {
        using var folder = new TemporaryDirectory();
        FileLock? first = FileLock.TryTake(folder["x.lock"]);
        FileLock? second = FileLock.TryTake(folder["x.lock"]);
        bool isThere = File.Exists(folder["x.lock"]);
        first?.Dispose();

        await Assert.That(first).IsNotNull();
        await Assert.That(second).IsNull();
        await Assert.That(isThere).IsTrue();
        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
        using FileLock? third = FileLock.TryTake(folder["x.lock"]);
        await Assert.That(third).IsNotNull();
    }

    [Test]
    public async Task A_file_that_a_killed_holder_left_is_no_obstacle()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("x.lock", "");

        using FileLock? taken = FileLock.TryTake(folder["x.lock"]);

        await Assert.That(taken).IsNotNull();
    }

    [Test]
    public async Task A_link_in_its_place_is_refused()
    {
        using var folder = new TemporaryDirectory();
        _ = File.CreateSymbolicLink(folder["x.lock"], folder["elsewhere"]);

        await Assert
            .That(Refusal.TextOf(() => FileLock.TryTake(folder["x.lock"])?.Dispose()))
            .StartsWith($"73: a symbolic link is there ({folder["x.lock"]})");
        await Assert.That(File.Exists(folder["elsewhere"])).IsFalse();
    }

    [Test]
    public async Task A_missing_directory_is_73() =>
        await Assert
            .That(Refusal.TextOf(() => FileLock.TryTake("/nowhere/x.lock")?.Dispose()))
            .StartsWith("73: the lock file cannot be made: ");
}
