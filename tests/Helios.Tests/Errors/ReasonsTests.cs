using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os;

namespace Helios.Tests.Errors;

/// <summary>What code decides on comes from error numbers, whatever the words are, and goes from process to process by name.</summary>
internal sealed class ReasonsTests
{
    [Test]
    public async Task Every_reason_has_a_name_that_gives_it_back()
    {
        foreach (Reason reason in Enum.GetValues<Reason>()) await Assert.That(Reasons.Parse(Reasons.NameOf(reason))).IsEqualTo(reason);
        await Assert.That(Reasons.NameOf(Reason.DiskFull)).IsEqualTo("disk-full");
        await Assert.That(Reasons.Parse("of a later version")).IsEqualTo(Reason.None);
    }

    [Test]
    [Arguments(28, "disk-full", DisplayName = "no space")]
    [Arguments(122, "disk-full", DisplayName = "quota")]
    [Arguments(5, null, DisplayName = "read error")]
    [Arguments(unchecked((int)0x80131620), null, DisplayName = "none of the system's")]
    public async Task An_error_number_gives_a_reason(int number, string? name) =>
        await Assert.That(Reasons.NameOf(Reasons.Of(new IOException("words in any language", number)))).IsEqualTo(name);

    [Test]
    public async Task A_reason_is_handed_on_by_what_wraps_it()
    {
        var first = new HeliosException(ExitCode.IoError, "what", "where", "fix", new IOException("", 28));
        var second = new HeliosException(first.Code, "what again", "elsewhere", "fix", first);

        await Assert.That(second.Reason).IsEqualTo(Reason.DiskFull);
        await Assert
            .That(
                new HeliosException(
                    ExitCode.IoError, "No space left on device", "where", "fix",
                    new IOException("No space left on device")
                ).Reason)
            .IsEqualTo(Reason.None);
        await Assert
            .That(new HeliosException(ExitCode.IoError, "what", "where", "fix", reason: Reason.DiskFull).Reason)
            .IsEqualTo(Reason.DiskFull);
    }

    [Test]
    public async Task A_full_device_is_known_by_its_number()
    {
        if (!OperatingSystem.IsLinux()) return;
        HeliosException? error = null;
        try
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write("x"u8);
        }
        catch (IOException full)
        {
            error = SystemError.ToException(full, "it cannot be made", "/x", "make its directory writable");
        }

        await Assert.That(error!.Reason).IsEqualTo(Reason.DiskFull);
        await Assert.That(error.Message).IsEqualTo("it cannot be made: No space left on device (/x); make room, then run it again");
    }
}
