using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Cli.Help;

namespace Helios.Tests.Cli.Help;

internal sealed class BorrowedOptionsTests
{
    private static readonly CommandSchema s_own = new(
        "run-job",
        "Run.",
        ["job"],
        [new("--workers", null, "N", "Own".AsMemory()), new("--fresh", null, null, "Own".AsMemory())]);

    private static readonly CommandSchema s_lender = new(
        "render-chunk",
        "Render.",
        ["job"],
        [
            new("--index", null, "N", "Not lent".AsMemory()),
            new("--workers", null, "N", "Hidden by the own one".AsMemory()),
            new("--root", "-r", "DIR", "Lent".AsMemory()),
            new("--offline", null, null, "Lent".AsMemory()),
        ]);

    [Test]
    public async Task A_command_has_its_own_options_and_those_it_borrows() =>
        await Assert
            .That(Extended.Options.Select(option => $"{option.Name} {option.Help}"))
            .IsEquivalentTo(["--workers Own", "--fresh Own", "--root Lent", "--offline Lent"]);

    [Test]
    public async Task A_command_that_borrows_nothing_stays_as_it_is() =>
        await Assert.That(BorrowedOptions.Extend(s_lender, _ => s_own).Options).IsEquivalentTo(s_lender.Options);

    [Test]
    [NotInParallel]
    public async Task Borrowed_options_are_taken_out_of_the_command_line()
    {
        string[] left = BorrowedOptions.Take(
            ["run-job", "--root", "--workers", "3", "--root", "--fresh", "--fresh", "--offline"],
            s_own,
            Extended);

        await Assert.That(left).IsEquivalentTo(["run-job", "--root", "--workers", "3", "--fresh"]);
        await Assert.That(BorrowedOptions.Given["--root"]).IsEqualTo("--fresh");
        await Assert.That(BorrowedOptions.Given.Has("--offline")).IsTrue();
        await Assert.That(BorrowedOptions.Given["--timeout"]).IsNull();
    }

    private static CommandSchema Extended =>
        BorrowedOptions.Extend(s_own, name => name == "render-chunk" ? s_lender : new CommandSchema(name, "", [], []));
}
