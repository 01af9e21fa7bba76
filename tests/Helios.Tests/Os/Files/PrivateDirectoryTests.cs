using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class PrivateDirectoryTests
{
    private const string Elsewhere = "helios-browser-0123456701234567"; // as another machine names it
    private const uint Nobody = 65534;

    private static readonly string s_ours = "helios-browser-" + File.ReadAllText("/proc/sys/kernel/random/boot_id")[..8] + "01234567";

    [Test]
    public async Task It_is_this_users_alone_and_vanishes_with_all_it_holds()
    {
        using var folder = new TemporaryDirectory();
        string path;
        using (PrivateDirectory made = MakeIn(folder.FullPath))
        {
            path = made.Path;
            await Assert
                .That(new DirectoryInfo(path).UnixFileMode)
                .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(Path.Combine(path, "a", "b"));
            File.WriteAllText(Path.Combine(path, "a", "b", "c"), "");
        }

        await Assert.That(Path.GetDirectoryName(path)).IsEqualTo(folder.FullPath);
        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
    }

    [Test]
    public async Task What_a_living_helios_uses_is_left_alone_however_old_it_is()
    {
        using var folder = new TemporaryDirectory();
        using PrivateDirectory living = MakeIn(folder.FullPath);
        Directory.SetLastWriteTimeUtc(living.Path, DateTime.UtcNow.AddDays(-1));

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(Directory.Exists(living.Path)).IsTrue();
    }

    [Test]
    public async Task What_was_left_on_this_machine_is_removed_at_once()
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, s_ours, 0);

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
    }

    /// <summary>Children of a killed helios may outlive it for a moment, and hold its lock or write into its directory.</summary>
    [Test]
    public async Task What_is_still_in_use_at_the_start_is_removed_at_the_end()
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, s_ours, 0);
        PrivateDirectory made;
        using (File.Open(Path.Combine(folder.FullPath, s_ours, "helios.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            made = MakeIn(folder.FullPath);
        bool isThere = Directory.Exists(Path.Combine(folder.FullPath, s_ours));

        made.Dispose();

        await Assert.That(isThere).IsTrue();
        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
    }

    /// <summary>A browser that outlives a killed helios makes the path of its profile, which the next helios has removed.</summary>
    [Test]
    public async Task What_is_made_again_after_its_removal_is_removed_at_the_end()
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, s_ours, 0);
        PrivateDirectory made = MakeIn(folder.FullPath);
        bool isThere = Directory.Exists(folder[s_ours]);
        Directory.CreateDirectory(folder[s_ours + "/helios-browser-1/Default"]);

        made.Dispose();

        await Assert.That(isThere).IsFalse();
        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath)).IsEmpty();
    }

    /// <summary>A free lock says nothing on file systems that keep locks to each machine.</summary>
    [Test]
    [Arguments(0, true)]
    [Arguments(-9, true)]
    [Arguments(9, true)]
    [Arguments(-11, false)]
    [Arguments(11, false, DisplayName = "a clock that was set back")]
    public async Task What_another_machine_uses_is_removed_when_it_gave_no_sign_of_life_lately(int minutes, bool stays)
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, Elsewhere, minutes);
        Leave(folder, "helios-run-0123456701234567", minutes);
        Leave(folder, "helios-merge-" + new string('a', 32), minutes); // as names were before they told the machine

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath).Count()).IsEqualTo(stays ? 3 : 0);
    }

    [Test]
    [Arguments("helios-browser-", DisplayName = "no writer")]
    [Arguments("helios-browser-mine", DisplayName = "no number")]
    [Arguments("helios-tests-0123456701234567", DisplayName = "another kind")]
    [Arguments("my-helios-run-0123456701234567", DisplayName = "another beginning")]
    public async Task Names_that_helios_does_not_give_are_somebody_elses(string name)
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, name, -60);

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(Directory.Exists(folder[name])).IsTrue();
    }

    [Test]
    public async Task Without_a_lock_only_an_empty_one_is_removed_and_only_an_old_one()
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, "helios-browser-0000000000000001", -60);
        File.Delete(folder["helios-browser-0000000000000001/helios.lock"]);
        Directory.CreateDirectory(folder["helios-browser-0000000000000002"]);
        Directory.CreateDirectory(folder["helios-browser-0000000000000003"]);
        foreach (string name in (string[])["helios-browser-0000000000000001", "helios-browser-0000000000000002"])
            Directory.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddHours(-1));

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(NamesIn(folder)).IsEqualTo("helios-browser-0000000000000001 helios-browser-0000000000000003");
    }

    [Test]
    [Arguments(-9, true)]
    [Arguments(-11, false)]
    public async Task Without_a_lock_one_of_this_boot_is_removed_with_its_content_when_it_is_old(int minutes, bool stays)
    {
        using var folder = new TemporaryDirectory();
        Leave(folder, s_ours, 0);
        File.Delete(folder[s_ours + "/helios.lock"]);
        Directory.SetLastWriteTimeUtc(folder[s_ours], DateTime.UtcNow.AddMinutes(minutes));

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(Directory.Exists(folder[s_ours])).IsEqualTo(stays);
    }

    [Test]
    public async Task Links_are_not_followed()
    {
        using var folder = new TemporaryDirectory();
        using var kept = new TemporaryDirectory();
        kept.Add("helios.lock", "");
        kept.Add("file", "");
        Directory.SetLastWriteTimeUtc(kept.FullPath, DateTime.UtcNow.AddHours(-1));
        Directory.CreateSymbolicLink(folder[s_ours], kept.FullPath); // in place of one
        Leave(folder, Elsewhere, 0);
        Directory.CreateSymbolicLink(folder[Elsewhere + "/link"], kept.FullPath); // in one
        Directory.SetLastWriteTimeUtc(folder[Elsewhere], DateTime.UtcNow.AddHours(-1));
        using (PrivateDirectory own = MakeIn(folder.FullPath))
        {
            Directory.CreateSymbolicLink(Path.Combine(own.Path, "link"), kept.FullPath);
        }

        await Assert.That(NamesIn(folder)).IsEqualTo(s_ours);
        await Assert.That(NamesIn(kept)).IsEqualTo("file helios.lock");
    }

    /// <summary>Somebody with the right to write there swaps the directory for a link while it is emptied.</summary>
    [Test]
    public async Task A_link_that_is_swapped_in_while_it_is_removed_leads_nowhere()
    {
        using var folder = new TemporaryDirectory();
        using var kept = new TemporaryDirectory();
        for (int i = 0; i < 200; i++) kept.Add($"file{i:000}", "");
        for (int round = 0; round < 30; round++)
        {
            string path = folder[$"left{round}"];
            for (int i = 0; i < 200; i++)
            {
                Directory.CreateDirectory(Path.Combine(path, "deep"));
                File.WriteAllText(Path.Combine(path, "deep", $"file{i:000}"), "");
            }

            Task swap = Task.Run(() =>
            {
                while (File.Exists(Path.Combine(path, "deep", "file199")) && File.Exists(Path.Combine(path, "deep", "file000"))) { }
                if (!Directory.Exists(Path.Combine(path, "deep"))) return;
                try
                {
                    Directory.Move(Path.Combine(path, "deep"), folder[$"moved{round}"]);
                    Directory.CreateSymbolicLink(Path.Combine(path, "deep"), kept.FullPath);
                }
                catch (IOException)
                {
                    // too late
                }
            });
            DirectoryTree.Remove(path);
            await swap;
        }

        await Assert.That(Directory.EnumerateFileSystemEntries(kept.FullPath).Count()).IsEqualTo(200);
    }

    [Test]
    public async Task What_another_user_has_under_such_a_name_stays()
    {
        Skip.Unless(Environment.IsPrivilegedProcess, "only root may give files away");
        using var folder = new TemporaryDirectory();
        Leave(folder, s_ours, 0);
        Leave(folder, Elsewhere, -60);
        foreach (string name in (string[])[s_ours, Elsewhere]) _ = GiveAway(folder[name], Nobody, Nobody);

        MakeIn(folder.FullPath).Dispose();

        await Assert.That(NamesIn(folder)).IsEqualTo($"{Elsewhere} {s_ours}");
    }

    [Test]
    public async Task A_TMPDIR_that_is_a_link_is_as_good_as_a_directory()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["real"]);
        Leave(folder, "real/" + s_ours, 0);
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);

        using (PrivateDirectory made = MakeIn(folder["link"]))
        {
            await Assert
                .That(Directory.GetFileSystemEntries(folder["real"]))
                .IsEquivalentTo([Path.Combine(folder["real"], Path.GetFileName(made.Path))]);
        }

        await Assert.That(Directory.EnumerateFileSystemEntries(folder["real"])).IsEmpty();
    }

    [Test]
    [Arguments("missing", "no such file or directory")]
    [Arguments("file", "Not a directory")]
    [Arguments("link to nothing", "no such file or directory")]
    public async Task A_TMPDIR_that_is_no_directory_is_73(string kind, string reason)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("file", "");
        File.CreateSymbolicLink(folder["link to nothing"], folder["nothing"]);

        await Assert.That(Refusal.TextOf(() => MakeIn(folder[kind]).Dispose())).IsEqualTo(
            $"73: a temporary directory cannot be made: {reason} ({folder[kind]}); make it writable, or set TMPDIR to another directory");
        await Assert.That(Path.Exists(folder["missing"])).IsFalse();
    }

    [Test]
    [Arguments(300, DisplayName = "a name of 300 bytes")]
    [Arguments(4096, DisplayName = "a path of 4096 bytes")]
    public async Task A_TMPDIR_that_is_too_long_is_73_in_a_readable_line(int length)
    {
        string path =
            length > 1000
                ? "/tmp" + string.Concat(Enumerable.Repeat("/" + new string('a', 99), 41))[..(length - 4)]
                : "/tmp/" + new string('a', length);
        string text = Refusal.TextOf(() => MakeIn(path).Dispose());

        await Assert.That(text).StartsWith("73: a temporary directory cannot be made: File name too long (/tmp/aaa");
        await Assert.That(text.Length).IsLessThan(500);
    }

    private static PrivateDirectory MakeIn(string parent) => PrivateDirectory.Create(PrivateDirectory.OfRun, parent);

    private static string NamesIn(TemporaryDirectory folder) =>
        string.Join(
            ' ',
            Directory.EnumerateFileSystemEntries(folder.FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    /// <summary>One whose helios was killed.</summary>
    private static void Leave(TemporaryDirectory folder, string name, int minutes)
    {
        Directory.CreateDirectory(Path.Combine(folder[name], "Default"));
        File.WriteAllText(Path.Combine(folder[name], "helios.lock"), "");
        File.WriteAllText(Path.Combine(folder[name], "Default", "file"), "");
        Directory.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddMinutes(minutes));
    }

    [DllImport("libc", EntryPoint = "lchown")]
    private static extern int GiveAway([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}
