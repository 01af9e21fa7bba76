using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class LockedFileTests
{
    [Test]
    public async Task What_a_living_worker_writes_is_left_alone_however_old_it_is()
    {
        using var folder = new TemporaryDirectory();
        using LockedFile file = LockedFile.Create(folder["a.mov"]);
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddHours(-5));

        LockedFile.RemoveAbandoned(folder["a.mov"]);

        await Assert.That(File.Exists(file.Path)).IsTrue();
    }

    [Test]
    public async Task What_a_killed_worker_of_this_machine_left_is_removed_at_once()
    {
        using var folder = new TemporaryDirectory();
        string left;
        using (LockedFile file = LockedFile.Create(folder["a.mov"]))
        {
            left = file.Path;
        }

        File.WriteAllText(left, "half"); // nobody holds it

        LockedFile.RemoveAbandoned(folder["a.mov"]);

        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
    }

    [Test]
    [Arguments(-11, false)]
    [Arguments(-9, true)]
    [Arguments(0, true)]
    [Arguments(9, true)]
    [Arguments(11, false, DisplayName = "a clock that was set back")]
    [Arguments(60 * 24 * 365, false, DisplayName = "a clock that was set back by a year")]
    public async Task What_another_machine_left_is_removed_when_nobody_wrote_to_it_lately(int minutes, bool stays)
    {
        using var folder = new TemporaryDirectory();
        foreach (string writer in (string[])["0123456701234567", "4711"])
        {
            folder.Add($"a.mov.{writer}.tmp", "half");
            File.SetLastWriteTimeUtc(folder[$"a.mov.{writer}.tmp"], DateTime.UtcNow.AddMinutes(minutes));
        }

        LockedFile.RemoveAbandoned(folder["a.mov"]);

        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath).Count()).IsEqualTo(stays ? 2 : 0);
    }

    [Test]
    public async Task Stars_in_a_name_are_no_pattern()
    {
        using var folder = new TemporaryDirectory();
        foreach (string name in (string[])["a*.mov.1.tmp", "a?.mov.1.tmp", "ab.mov.1.tmp", "a*.mov", "a*.movie.1.tmp"])
        {
            folder.Add(name, "");
            File.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddHours(-1));
        }

        LockedFile.RemoveAbandoned(folder["a*.mov"]);
        LockedFile.RemoveAbandoned(folder["a?.mov"]);

        await Assert
            .That(Directory.EnumerateFiles(folder.FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
            .IsEquivalentTo(["a*.mov", "a*.movie.1.tmp", "ab.mov.1.tmp"]);
    }

    [Test]
    [Arguments("a.mov.backup.tmp", true)]
    [Arguments("a.mov.tmp", true)]
    [Arguments("a.mov..tmp", true)]
    [Arguments("a.mov.json.tmp", true)]
    [Arguments("a.mov.json.4711.tmp", false)]
    [Arguments("a.mov.0123abcd0123abcd.tmp", false)]
    public async Task Names_that_helios_does_not_give_are_somebody_elses(string name, bool stays)
    {
        using var folder = new TemporaryDirectory();
        folder.Add(name, "");
        File.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddHours(-1));

        LockedFile.RemoveAbandoned(folder["a.mov"]);

        await Assert.That(File.Exists(folder[name])).IsEqualTo(stays);
    }

    [Test]
    public async Task It_becomes_its_target_or_vanishes()
    {
        using var folder = new TemporaryDirectory();
        using (LockedFile file = LockedFile.Create(folder["a.mov"]))
        {
            file.Read().Write([1, 2, 3]);
            await Assert.That(file.Read().Length).IsEqualTo(3);
            file.Publish();
        }

        using (LockedFile file = LockedFile.Create(folder["b.mov"])) await Assert.That(File.Exists(file.Path)).IsTrue();

        await Assert
            .That(Directory.EnumerateFiles(folder.FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
            .IsEquivalentTo(["a.mov"]);
        await Assert.That(File.ReadAllBytes(folder["a.mov"])).IsEquivalentTo((byte[])[1, 2, 3]);
    }

    [Test]
    public async Task A_missing_directory_is_73_when_it_is_made_and_nothing_to_remove_from()
    {
        LockedFile.RemoveAbandoned("/nowhere/a.mov");

        await Assert
            .That(Refusal.TextOf(static () => LockedFile.Create("/nowhere/a.mov").Dispose()))
            .StartsWith("73: the file cannot be created: ");
    }

    /// <summary>Where a lock cannot be had, a free one says nothing: only time does.</summary>
    [Test]
    [Arguments(LockState.Free, 0, true)]
    [Arguments(LockState.Unknown, 0, false)]
    [Arguments(LockState.Held, 0, false)]
    [Arguments(LockState.Unknown, -11, true)]
    [Arguments(LockState.Held, -11, false)]
    public async Task A_lock_counts_for_what_it_is_worth(LockState state, int minutes, bool isAbandoned)
    {
        using var folder = new TemporaryDirectory();
        string path = TemporaryFile.LockedNameFor(folder["temp_j_merge"]);
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(minutes));

        TemporaryFile.RemoveAbandoned(folder["temp_j_merge"], state);

        await Assert.That(File.Exists(path)).IsEqualTo(!isAbandoned);
    }

    [Test]
    [Arguments(LockState.Free, DisplayName = "with the job's lock")]
    [Arguments(LockState.Unknown, DisplayName = "without")]
    public async Task What_another_machine_merges_is_left_alone_though_we_hold_a_lock(LockState state)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("temp_j_merge.0123456701234567.tmp", "half");
        Directory.CreateDirectory(folder["temp_j_merge.0123456701234568.tmp"]);

        TemporaryFile.RemoveAbandoned(folder["temp_j_merge"], state);

        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath).Count()).IsEqualTo(2);
    }
}
