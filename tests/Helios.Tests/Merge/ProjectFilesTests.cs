using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Merge;

internal sealed class ProjectFilesTests
{
    private static readonly SealedFile s_scene = new() { Path = "scene.js", Size = 3, Digest = Receipts.Digest };

    [Test]
    public async Task Files_that_are_what_they_were_are_no_change()
    {
        using TemporaryDirectory folder = Prepare();

        await Assert.That(Find(folder, s_scene)).IsNull();
    }

    [Test]
    [Arguments("abd", "scene.js has changed since it was rendered", DisplayName = "same length")]
    [Arguments("abcd", "scene.js has changed since it was rendered", DisplayName = "longer")]
    [Arguments("", "scene.js has changed since it was rendered", DisplayName = "empty")]
    public async Task A_file_with_other_bytes_has_changed(string content, string change)
    {
        using TemporaryDirectory folder = Prepare();
        folder.Add("scene.js", content);

        await Assert.That(Find(folder, s_scene)).IsEqualTo(change);
    }

    [Test]
    public async Task A_file_that_is_gone_is_named()
    {
        using TemporaryDirectory folder = Prepare();
        File.Delete(folder["scene.js"]);

        await Assert.That(Find(folder, s_scene)).IsEqualTo("its page read scene.js, which is gone");
    }

    [Test]
    public async Task The_merge_does_without_a_file_that_is_gone_but_not_with_another()
    {
        using TemporaryDirectory folder = Prepare();
        folder.Add("scene.js", "abd");
        string? Find() =>
            new ProjectFiles(Specs.Spec with { Composition = "a.html" }, folder.FullPath, null, toleratesGone: true).FindChange(
                SealOf(s_scene));

        await Assert.That(Find()).IsEqualTo("scene.js has changed since it was rendered");
        File.Delete(folder["scene.js"]);
        await Assert.That(Find()).IsNull();
    }

    [Test]
    public async Task A_file_that_was_missing_and_is_there_now_is_named()
    {
        using TemporaryDirectory folder = Prepare();

        await Assert
            .That(Find(folder, new SealedFile { Path = "scene.js" }))
            .IsEqualTo("its page did not find scene.js, which is there now");
        await Assert.That(Find(folder, new SealedFile { Path = "never.js" })).IsNull();
    }

    [Test]
    [Arguments("scene.js", DisplayName = "a directory")]
    public async Task What_is_no_file_any_more_is_gone(string path)
    {
        using TemporaryDirectory folder = Prepare();
        File.Delete(folder[path]);
        Directory.CreateDirectory(folder[path]);

        await Assert.That(Find(folder, s_scene)).IsEqualTo("its page read scene.js, which is gone");
    }

    [Test]
    public async Task A_part_of_a_large_file_is_compared_alone()
    {
        using TemporaryDirectory folder = Prepare();
        byte[] content = new byte[SealedFile.PartSize + 3];
        "abc"u8.CopyTo(content.AsSpan(SealedFile.PartSize));
        File.WriteAllBytes(folder["v.mp4"], content);
        var part = new SealedFile { Path = "v.mp4", Offset = SealedFile.PartSize, Size = content.Length, Digest = Receipts.Digest };

        await Assert.That(Find(folder, part)).IsNull();
        content[0] = 1; // the page did not read it
        File.WriteAllBytes(folder["v.mp4"], content);
        await Assert.That(Find(folder, part)).IsNull();
        content[^1] = 1;
        File.WriteAllBytes(folder["v.mp4"], content);
        await Assert.That(Find(folder, part)).IsEqualTo("v.mp4 has changed since it was rendered");
    }

    [Test]
    public async Task A_machine_without_the_composition_does_not_compare()
    {
        using TemporaryDirectory folder = Prepare();
        File.Delete(folder["scene.js"]);

        await Assert
            .That(new ProjectFiles(Specs.Spec with { Composition = "elsewhere/a.html" }, folder.FullPath, null).FindChange(SealOf(s_scene)))
            .IsNull();
        await Assert
            .That(
                new ProjectFiles(Specs.Spec with { Composition = "https://example.com/a.html" }, folder.FullPath, null).FindChange(
                    SealOf(s_scene)))
            .IsNull();
    }

    private static TemporaryDirectory Prepare()
    {
        var folder = new TemporaryDirectory();
        folder.Add("a.html", "<p>");
        folder.Add("scene.js", "abc");
        return folder;
    }

    private static string? Find(TemporaryDirectory folder, SealedFile file) =>
        new ProjectFiles(Specs.Spec with { Composition = "a.html" }, folder.FullPath, null).FindChange(SealOf(file));

    private static Seal SealOf(SealedFile file) => Receipts.Seal with { Files = [file] };
}
