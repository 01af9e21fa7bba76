using System;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>A disk without any room: what a command on it says, and that it leaves nothing there.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class FullDiskTests(NativeBinary helios)
{
    private const string Noise = """
        <!doctype html><body style="margin:0"><canvas width="320" height="180"></canvas><script>
        const context = document.querySelector("canvas").getContext("2d"), picture = context.createImageData(320, 180);
        for (let i = 0; i < picture.data.length; i++) picture.data[i] = Math.random() * 256;
        context.putImageData(picture, 0, 0);
        </script>
        """;

    private const string NoRoom = "^helios: [^\n]*No space left on device[^\n]*; make room, then run it again\n$";
    private const string Unmounted = """{ echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }""";

    [Test]
    public async Task A_still_leaves_no_part_of_itself()
    {
        using var place = new RenderPlace(helios, Noise);

        RunResult result = await OnFullDisk(place, "helios render page.html --still 1 --width 320 --height 180 -o small/still.png -q")
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(RenderPlace.Said(result)).Matches(NoRoom);
        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(result.Stdout).IsEqualTo("all\n");
    }

    /// <summary>Whatever cannot be written for want of room, that is no bug.</summary>
    [Test]
    public async Task A_contact_sheet_without_room_for_its_stills_says_so()
    {
        using var place = new RenderPlace(helios, Noise);

        RunResult result = await OnFullDisk(
            place,
            "TMPDIR=$PWD/small helios render page.html --still 1,2 --width 320 --height 180 -o still.png --contact-sheet sheet.png -q");

        await Assert.That(RenderPlace.Said(result)).Matches(NoRoom);
        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html", "small"]);
    }

    [Test]
    public async Task Doctor_says_that_there_is_no_room_for_temporary_files()
    {
        using var place = new RenderPlace(helios, Noise);

        RunResult result = await OnFullDisk(place, "TMPDIR=$PWD/small helios doctor");

        await Assert
            .That(result.Stdout)
            .Matches(
                "\nerror +one frame: the file cannot be written: No space left on device [^\n]+\n +make room, then run it again\nall\n$");
        await Assert.That(result.Stdout).Contains("set TMPDIR to a directory with");
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    /// <summary>A command where "small" is a disk that the file "all" fills, and what is on it afterwards; to be awaited.</summary>
    private ProcessRun OnFullDisk(RenderPlace place, string command)
    {
        place.Directory.CreateFolder("small");
        return helios
            .RunScript(
                $"""
                mount -t tmpfs -o size=64k helios-test small || {Unmounted}
                dd if=/dev/zero of=small/all bs=4k 2>/dev/null
                {command}
                status=$?
                ls -A small
                exit $status
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory);
    }
}
