using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os;
using Helios.Tests.Support;
using Helios.Transfer;
using Helios.Transfer.Programs;

namespace Helios.Tests.Transfer;

/// <summary>What a store's folder lists, gets and puts, whatever its program does.</summary>
internal sealed class StoreTests
{
    [Test]
    [Arguments("printf '5 ../x\\n' >\"$3\"", "65: the object \"../x\" holds \"..\", which could lead to another folder")]
    [Arguments("printf '5 /etc/x\\n' >\"$3\"", "65: the object \"/etc/x\" holds an empty name (//)")]
    [Arguments("printf '5 a//x\\n' >\"$3\"", "65: the object \"a//x\" holds an empty name (//)")]
    [Arguments("printf '5 a\\033x\\n' >\"$3\"", "65: the object \"a\\u001Bx\" holds a control character")]
    [Arguments("echo '<html>Bad Gateway' >\"$3\"", "75: STUB lists the folder with a line that names no object: \"<html>Bad Gateway\"")]
    [Arguments("echo '99999999999999999999 x' >\"$3\"",
        "75: STUB lists the folder with a line that names no object: \"99999999999999999999 x\"")]
    public async Task A_hostile_list_is_refused(string script, string text)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        using var scratch = new TemporaryDirectory();
        var store = new Store(StoreUrl.ParseFolder("cp:/srv"), new OwnProgram(stub.FullPath), scratch.FullPath, interrupts);

        HeliosException error = Refusal.Of(() => store.List());

        await Assert.That(stub.Strip($"{(int)error.Code}: {error.What}")).IsEqualTo(text);
        await Assert.That(Directory.EnumerateFiles(scratch.FullPath).Count()).IsLessThan(2);
    }

    [Test]
    [Arguments("printf 123 >\"$3\"", "fetched 3 of 4 bytes")]
    [Arguments(":", "did not fetch a file that it was asked for")]
    public async Task A_fetched_file_is_whole_or_absent(string script, string text)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        using var scratch = new TemporaryDirectory();
        var store = new Store(StoreUrl.ParseFolder("cp:/srv"), new OwnProgram(stub.FullPath), scratch.FullPath, interrupts);

        HeliosException error = Refusal.Of(() => store.Get("x", scratch["x"], 4));

        await Assert.That($"{(int)error.Code}: {error.What}").EndsWith(text).And.StartsWith("75: ");
        await Assert.That(Directory.EnumerateFiles(scratch.FullPath)).IsEmpty();
    }

    [Test]
    public async Task Nothing_that_comes_without_an_error_is_66()
    {
        using var stub = new StubProgram("exit 0");
        using var interrupts = new Interrupts();
        using var scratch = new TemporaryDirectory();
        var store = new Store(StoreUrl.ParseFolder("rclone:far:srv"), new Rclone(stub.FullPath), scratch.FullPath, interrupts);

        string text = Refusal.TextOf(() => store.Get("x", scratch["x"]));

        await Assert
            .That(text)
            .IsEqualTo("66: there is no such object (rclone:far:srv/x); check the address; helios push uploads a job and its project");
    }

    [Test]
    public async Task A_tree_lacks_nothing_that_was_listed()
    {
        using var stub = new StubProgram("printf 1234 >\"$3/a\"");
        using var interrupts = new Interrupts();
        using var scratch = new TemporaryDirectory();
        var store = new Store(StoreUrl.ParseFolder("cp:/srv"), new OwnProgram(stub.FullPath), scratch.FullPath, interrupts);
        List<StoreObject> objects = [new("a", 4), new("b", 1)];

        HeliosException error = Refusal.Of(() => store.GetTree(objects, scratch.FullPath));

        await Assert
            .That($"{error.Where}: {stub.Strip(error.What)}")
            .IsEqualTo("cp:/srv/b: STUB did not fetch a file that it was asked for");
    }

    [Test]
    public async Task A_file_of_the_project_that_a_pattern_leaves_out_is_fetched_by_itself()
    {
        using var stub = new StubProgram("case $1 in get) printf 12 >\"$3\" ;; *) mkdir -p \"$3\"; printf 1234 >\"$3/a\" ;; esac");
        using var interrupts = new Interrupts();
        using var scratch = new TemporaryDirectory();
        var store = new Store(StoreUrl.ParseFolder("cp:/srv"), new OwnProgram(stub.FullPath), scratch.FullPath, interrupts);

        store.GetTree([new("a", 4), new("b/temp_x_part_y.png", 2)], scratch["to"]);

        await Assert.That(await File.ReadAllTextAsync(scratch["to/b/temp_x_part_y.png"])).IsEqualTo("12");
        await Assert.That(await File.ReadAllTextAsync(scratch["to/a"])).IsEqualTo("1234");
    }

    /// <summary>A program that uploads whole folders finds the wanted files alone, behind links.</summary>
    [Test]
    public async Task A_folder_that_is_put_holds_nothing_else()
    {
        using var scratch = new TemporaryDirectory();
        using var stub = new StubProgram($"cp -RL \"$4\" '{scratch["bucket"]}'");
        using var interrupts = new Interrupts();
        foreach (string name in (string[])["from/in", "from/other"]) _ = Directory.CreateDirectory(scratch[name]);
        foreach (string name in (string[])["job.json", "film.mp4", "a.png", "in/b c.png", "other/x.png"])
            await File.WriteAllTextAsync(scratch["from/" + name], name);
        _ = File.CreateSymbolicLink(scratch["from/link.png"], "a.png");
        var store = new Store(StoreUrl.ParseFolder("s3://spots/q3"), new AwsCli(stub.FullPath), scratch.FullPath, interrupts);

        store.PutTree([new("a.png", 5), new("in/b c.png", 10), new("link.png", 5)], scratch["from"]);

        IEnumerable<string> put = Directory.EnumerateFiles(scratch["bucket"], "*", SearchOption.AllDirectories);
        await Assert
            .That(put.Select(file => Path.GetRelativePath(scratch["bucket"], file) + "=" + File.ReadAllText(file)))
            .IsEquivalentTo(["a.png=a.png", "in/b c.png=in/b c.png", "link.png=a.png"]);
        await Assert
            .That(Directory.EnumerateFileSystemEntries(scratch.FullPath).Select(path => Path.GetFileName(path)!))
            .IsEquivalentTo(["bucket", "from"]);
        await Assert.That(await File.ReadAllTextAsync(scratch["from/a.png"])).IsEqualTo("a.png");
    }
}
