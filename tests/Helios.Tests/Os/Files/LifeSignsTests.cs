using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class LifeSignsTests
{
    [Test]
    public async Task What_is_in_use_never_looks_old_and_what_is_not_does()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("used", "");
        folder.Add("ended", "");
        Directory.CreateDirectory(folder["directory"]);
        var signs = new LifeSigns(10);
        using IDisposable used = signs.Give(folder["used"]);
        using IDisposable directory = signs.Give(folder["directory"]);
        using IDisposable later = signs.Give(folder["not there yet"]);
        signs.Give(folder["ended"]).Dispose();
        DateTime old = DateTime.UtcNow.AddHours(-1);
        foreach (string name in (string[])["used", "ended"]) File.SetLastWriteTimeUtc(folder[name], old);
        Directory.SetLastWriteTimeUtc(folder["directory"], old);

        for (int wait = 0; wait < 500 && (IsOld("used") || IsOld("directory")); wait++) await Task.Delay(10);

        await Assert.That(IsOld("used")).IsFalse();
        await Assert.That(IsOld("directory")).IsFalse();
        await Assert.That(IsOld("ended")).IsTrue();
        await Assert.That(Path.Exists(folder["not there yet"])).IsFalse();

        bool IsOld(string name) => File.GetLastWriteTimeUtc(folder[name]) < DateTime.UtcNow.AddMinutes(-5);
    }

    [Test]
    public async Task After_the_last_one_it_begins_again_with_the_next()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("file", "");
        var signs = new LifeSigns(10);
        signs.Give(folder["file"]).Dispose();
        await Task.Delay(100); // it has ended by then
        using IDisposable used = signs.Give(folder["file"]);
        File.SetLastWriteTimeUtc(folder["file"], DateTime.UtcNow.AddHours(-1));

        for (int wait = 0; wait < 500 && File.GetLastWriteTimeUtc(folder["file"]) < DateTime.UtcNow.AddMinutes(-5); wait++)
            await Task.Delay(10);

        await Assert.That(File.GetLastWriteTimeUtc(folder["file"])).IsGreaterThan(DateTime.UtcNow.AddMinutes(-5));
    }
}
