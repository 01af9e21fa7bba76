using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>A million chunks take no more memory than a few: a limit, not a measurement, so it holds on any machine.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class MemoryTests(NativeBinary helios)
{
    private const int LimitKilobytes = 16 * 1024;

    [Test]
    [Arguments("export-job page.html --frames 1000000 --chunk-frames 1 -q", DisplayName = "export-job to stdout")]
    [Arguments("export-job page.html --frames 1000000 --chunk-frames 1 -q --job new.json", DisplayName = "export-job to a file")]
    [Arguments("check-job job.json", DisplayName = "check-job of a file")]
    [Arguments("check-job - <job.json", DisplayName = "check-job of stdin")]
    [Arguments("show-chunk job.json --index 999999", DisplayName = "show-chunk of the last chunk")]
    [Arguments("show-chunk - --index 999999 <job.json", DisplayName = "show-chunk of the last chunk on stdin")]
    public async Task A_million_chunks_stay_below_sixteen_megabytes(string command)
    {
        using var directory = new TestDirectory();
        if (command.Contains("job.json", StringComparison.Ordinal)) await ExportMillion(directory);

        await Assert.That(await MeasureKilobytes(command, directory)).IsLessThan(LimitKilobytes);
    }

    [Test]
    public async Task A_million_chunks_before_the_other_members_stay_below_sixteen_megabytes()
    {
        using var directory = new TestDirectory();
        await ExportMillion(directory);
        byte[] spec = await File.ReadAllBytesAsync(directory.PathOf("job.json"));
        int header = "{".Length;
        int chunks = spec.AsSpan().IndexOf("\"chunks\": ["u8);
        int end = spec.AsSpan().LastIndexOf((byte)'}');
        byte[] comma = Encoding.UTF8.GetBytes(",");
        int headerEnd = spec.AsSpan(0, chunks).LastIndexOf((byte)',');
        directory.Write("sorted.json", [.. spec[..header], .. spec[chunks..end], .. comma, .. spec[header..headerEnd], .. spec[end..]]);

        await Assert.That(await MeasureKilobytes("check-job sorted.json", directory)).IsLessThan(LimitKilobytes);
    }

    private async Task ExportMillion(TestDirectory directory) =>
        (
            await helios.RunScript("helios export-job page.html --frames 1000000 --chunk-frames 1 --job-id j -q >job.json").In(directory)
        ).Succeeded();

    /// <summary>Peak resident memory of a helios that succeeds.</summary>
    private async Task<int> MeasureKilobytes(string command, TestDirectory directory)
    {
        Tool.Require("time", "time");
        RunResult result = await helios
            .RunScript($"command time --quiet --format %M --output memory helios {command} >result")
            .In(directory);
        result.Succeeded();
        return int.Parse(directory.Read("memory"), CultureInfo.InvariantCulture);
    }
}
