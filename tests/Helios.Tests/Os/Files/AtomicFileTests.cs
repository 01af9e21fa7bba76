using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class AtomicFileTests
{
    [Test]
    public async Task A_file_is_written_whole_and_alone()
    {
        using var folder = new TemporaryDirectory();

        AtomicFile.Write(folder["job.json"], stream => stream.Write("new"u8));

        await Assert.That(ContentsOf(folder)).IsEqualTo("job.json=new");
    }

    [Test]
    public async Task An_existing_file_is_replaced()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("job.json", "old and longer");

        AtomicFile.Write(folder["job.json"], stream => stream.Write("new"u8));

        await Assert.That(ContentsOf(folder)).IsEqualTo("job.json=new");
    }

    [Test]
    public async Task After_a_failure_the_old_file_is_there_and_nothing_else()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("job.json", "old");

        await Assert.That(() => AtomicFile.Write(folder["job.json"], stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        })).Throws<InvalidOperationException>();

        await Assert.That(ContentsOf(folder)).IsEqualTo("job.json=old");
    }

    [Test]
    public async Task A_write_error_can_be_retried()
    {
        using var folder = new TemporaryDirectory();
        string path = folder["job.json"];

        await Assert.That(Refusal.TextOf(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")))).IsEqualTo(
            $"74: the file cannot be written: No space left on device ({path}); make room or check the disk, then run it again");
        await Assert.That(ContentsOf(folder)).IsEqualTo("");
    }

    [Test]
    public async Task Many_files_get_their_names_together()
    {
        using var folder = new TemporaryDirectory();
        foreach (string name in (string[])["t0", "t1", "t2"]) folder.Add(name, "new " + name);
        folder.Add("f1", "old");
        int checks = 0;

        long size = AtomicFile.Publish(3, i => folder[$"t{i}"], i => folder[$"f{i}"], () => checks++);

        await Assert.That((size, checks)).IsEqualTo((18L, 4));
        await Assert.That(ContentsOf(folder)).IsEqualTo("f0=new t0 f1=new t1 f2=new t2");
    }

    [Test]
    public async Task Until_the_last_of_many_files_is_on_disk_none_gets_its_name()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("t0", "new");
        folder.Add("f0", "old");
        string target = folder["f1"];

        await Assert
            .That(Refusal.TextOf(() => AtomicFile.Publish(2, i => folder[$"t{i}"], i => folder[$"f{i}"], static () => { })))
            .IsEqualTo($"73: the directory was removed meanwhile ({target}); create it, then run it again");
        await Assert.That(ContentsOf(folder)).IsEqualTo("f0=old t0=new");
    }

    [Test]
    public async Task Behind_a_link_its_target_is_replaced()
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder["link.json"], folder.Add("target.json", "old"));

        AtomicFile.Write(folder["link.json"], stream => stream.Write("new"u8));

        await Assert.That(ContentsOf(folder)).IsEqualTo("link.json=new target.json=new");
        await Assert.That(File.ResolveLinkTarget(folder["link.json"], false)?.FullName).IsEqualTo(folder["target.json"]);
    }

    [Test]
    public async Task A_directory_cannot_be_written()
    {
        using var folder = new TemporaryDirectory();

        await Assert.That(Refusal.TextOf(() => AtomicFile.Write(folder.FullPath, _ => { }))).IsEqualTo(
            $"73: the file cannot be created: a directory is there ({folder.FullPath}); name a file, or redirect standard output");
    }

    [Test]
    public async Task A_missing_directory_is_not_made()
    {
        using var folder = new TemporaryDirectory();
        string path = Path.Combine(folder.FullPath, "no", "job.json");

        await Assert.That(Refusal.TextOf(() => AtomicFile.Write(path, _ => { }))).StartsWith(
            $"73: the file cannot be created: no such file or directory ({path}); create its directory");
    }

    [Test]
    public async Task A_circle_of_links_is_refused()
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder["a"], folder["b"]);
        File.CreateSymbolicLink(folder["b"], folder["a"]);

        await Assert.That(Refusal.Of(() => AtomicFile.Write(folder["a"], _ => { })).Code).IsEqualTo(ExitCode.CantCreate);
    }

    [Test]
    public async Task A_device_is_not_replaced() =>
        await Assert.That(Refusal.TextOf(() => AtomicFile.Write("/dev/null", _ => { }))).IsEqualTo(
            "73: the file cannot be created: a device or pipe is there (/dev/null); name a file, or redirect standard output");

    private static string ContentsOf(TemporaryDirectory folder) => string.Join(' ', Directory.EnumerateFileSystemEntries(folder.FullPath)
        .Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}={File.ReadAllText(path)}"));
}
