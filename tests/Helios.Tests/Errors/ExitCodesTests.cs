using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Tests.Support;

namespace Helios.Tests.Errors;

internal sealed class ExitCodesTests
{
    private static readonly ExitCodeInfo[] s_rows = ExitCodes.All.ToArray();

    [Test]
    public async Task The_codes_are_public_api() =>
        await Assert
            .That(string.Join(' ', s_rows.Select(row => $"{(int)row.Code}={row.Name}")))
            .IsEqualTo(
                "0=ok 64=usage 65=invalid 66=no input 69=unavailable 70=internal 73=can't create 74=i/o 75=temporary 130=interrupted 143=terminated"
            );

    [Test]
    public async Task Every_code_has_one_row_and_rows_are_ordered() =>
        await Assert.That(s_rows.Select(row => row.Code).SequenceEqual(Enum.GetValues<ExitCode>().Order())).IsTrue();

    [Test]
    public async Task A_retry_helps_after_io_errors_faults_and_interruptions() =>
        await Assert.That(s_rows.Where(row => row.IsRetryable).Select(row => (int)row.Code).SequenceEqual([74, 75, 130, 143])).IsTrue();

    [Test]
    public async Task The_read_me_has_the_same_table()
    {
        string[] readMe = await File.ReadAllLinesAsync(Repository.PathOf("README.md"));

        foreach (ExitCodeInfo row in s_rows)
        {
            string retry = row.Code == ExitCode.Ok ? "" : row.IsRetryable ? " yes" : " no";
            await Assert.That(readMe).Contains($"| {(int)row.Code} | {row.Name} | {row.When} |{retry} |");
        }
    }

    [Test]
    public async Task A_message_says_what_where_and_how_to_fix_it() =>
        await Assert
            .That(new HeliosException(ExitCode.NoInput, "it is gone", "a.html", "look elsewhere").Message)
            .IsEqualTo("it is gone (a.html); look elsewhere");
}
