using System.IO;
using System.Threading.Tasks;
using Helios.Os.Processes;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Processes;

internal sealed class ElfFileTests
{
    [Test]
    public async Task A_program_tells_its_build_and_that_it_is_whole()
    {
        ElfFile? file = Read(Programs.Make([0x0a, 0xff, 0x12, 0x34, 0x56]));

        await Assert.That((file!.BuildId, file.IsWhole, file.IsForThisProcessor)).IsEqualTo(("0aff123456", true, true));
    }

    [Test]
    public async Task Without_a_note_it_has_no_build() => await Assert.That(Read(Programs.Make())!.BuildId).IsNull();

    [Test]
    public async Task One_that_is_cut_short_is_not_whole()
    {
        byte[] whole = Programs.Make([1, 2, 3, 4]);

        await Assert.That(Read(whole[..^1])!.IsWhole).IsFalse();
        await Assert.That(Read(whole[..130])!.BuildId).IsNull();
    }

    [Test]
    public async Task One_of_another_processor_is_known() =>
        await Assert.That(Read(Programs.Make(machine: 8))!.IsForThisProcessor).IsFalse();

    [Test]
    [Arguments("", DisplayName = "nothing")]
    [Arguments("#!/bin/sh\nexec something or other, which is longer than the header of a program\n", DisplayName = "a script")]
    [Arguments("\u007fELF\u0001\u00010000000000000000000000000000000000000000000000000000000000000000", DisplayName = "32 bits")]
    public async Task Other_files_are_none(string text) => await Assert.That(Read(System.Text.Encoding.Latin1.GetBytes(text))).IsNull();

    [Test]
    public async Task A_missing_file_is_none() => await Assert.That(ElfFile.TryRead("/nowhere/program")).IsNull();

    /// <summary>Every length and offset in the header may be nonsense.</summary>
    [Test]
    public async Task Nonsense_is_not_believed()
    {
        byte[] file = Programs.Make([1, 2, 3, 4]);
        for (int at = 6; at < file.Length; at++)
        {
            byte[] broken = [.. file];
            for (int i = at; i < at + 8 && i < broken.Length; i++) broken[i] = 0xff;
            _ = Read(broken);
        }

        await Assert.That(Read(file)!.IsWhole).IsTrue();
    }

    private static ElfFile? Read(byte[] bytes) => ElfFile.Read(new MemoryStream(bytes));
}
