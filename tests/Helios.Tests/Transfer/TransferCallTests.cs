using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os;
using Helios.Tests.Support;
using Helios.Transfer;
using Helios.Transfer.Programs;

namespace Helios.Tests.Transfer;

/// <summary>How the end of a transfer program becomes an exit code, and when it is called again.</summary>
internal sealed class TransferCallTests
{
    private const string Url = "s3://spots/q3/404.html";

    [Test]
    [Arguments("echo 'fatal error: (404) when calling the HeadObject operation: Key does not exist' >&2; exit 1", false, ExitCode.NoInput)]
    [Arguments("echo 'upload failed: (NoSuchBucket) when calling the PutObject operation' >&2; exit 1", true, ExitCode.CantCreate)]
    [Arguments("echo 'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden' >&2; exit 1", false,
        ExitCode.NoInput)]
    [Arguments("echo 'upload failed: An error occurred (AccessDenied) when calling the PutObject operation' >&2; exit 1", true,
        ExitCode.CantCreate)]
    [Arguments("echo 'fatal error: Unable to locate credentials' >&2; exit 1", false, ExitCode.NoInput)]
    [Arguments("echo 'Could not connect to the endpoint URL' >&2; exit 255", false, ExitCode.Temporary)]
    [Arguments("echo \"cannot copy s3://spots/q3/404.html\" >&2; exit 1", false, ExitCode.Temporary,
        DisplayName = "a name that looks like a code")]
    [Arguments("echo '2026/11/29 NOTICE: Config file not found - using defaults' >&2; echo 'dial tcp: no route to host' >&2; exit 1", false,
        ExitCode.Temporary)]
    [Arguments("kill -KILL $$", false, ExitCode.Temporary)]
    public async Task What_a_program_says_decides_the_exit_code(string script, bool isPut, ExitCode expected)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        var call = new TransferCall(new AwsCli(stub.FullPath), interrupts) { FirstPause = 1 };

        HeliosException error = Refusal.Of(() => call.Run([Url], "fetch it", Url, isPut));

        await Assert.That(error.Code).IsEqualTo(expected);
        await Assert.That(error.What).StartsWith("aws cannot fetch it, exit code ");
        await Assert.That(error.Where).IsEqualTo(Url);
    }

    [Test]
    [Arguments("66", ExitCode.NoInput)]
    [Arguments("73", ExitCode.NoInput)]
    [Arguments("75", ExitCode.Temporary)]
    [Arguments("1", ExitCode.Temporary)]
    public async Task The_exit_code_of_a_users_program_decides(string code, ExitCode expected)
    {
        using var stub = new StubProgram($"echo last >&2; exit {code}");
        using var interrupts = new Interrupts();
        var call = new TransferCall(new OwnProgram(stub.FullPath), interrupts) { FirstPause = 1 };

        HeliosException error = Refusal.Of(() => call.Run(["get"], "fetch it", Url));

        await Assert.That(error.Code).IsEqualTo(expected);
        await Assert.That(error.What).EndsWith($"cannot fetch it, exit code {code}: last");
    }

    [Test]
    public async Task Throttling_is_waited_for()
    {
        using var stub = new StubProgram(
            "echo x >>\"$0.tries\"; [ $(wc -l <\"$0.tries\") -ge 3 ] || { echo 'An error occurred (SlowDown)' >&2; exit 1; }");
        using var interrupts = new Interrupts();
        int attempts = 0;

        new TransferCall(new AwsCli(stub.FullPath), interrupts) { FirstPause = 1 }.Run([], "fetch it", Url, onAttempt: () => attempts++);

        await Assert.That(attempts).IsEqualTo(3);
    }

    [Test]
    public async Task Throttling_that_does_not_end_is_75()
    {
        using var stub = new StubProgram("echo x >>\"$0.tries\"; echo 'SlowDown: Please reduce your request rate' >&2; exit 1");
        using var interrupts = new Interrupts();

        HeliosException error = Refusal.Of(() =>
            new TransferCall(new AwsCli(stub.FullPath), interrupts) { FirstPause = 1 }.Run([], "fetch it", Url));

        await Assert.That(error.Code).IsEqualTo(ExitCode.Temporary);
        await Assert.That(File.ReadLines(stub["tries"]).Count()).IsEqualTo(6);
    }

    [Test]
    public async Task A_program_that_does_not_end_is_ended()
    {
        using var stub = new StubProgram("echo waiting >&2; sleep 60");
        using var interrupts = new Interrupts();

        HeliosException error = Refusal.Of(() =>
            new TransferCall(new AwsCli(stub.FullPath), interrupts) { Patience = 200 }.Run([], "fetch it", Url));

        await Assert.That($"{(int)error.Code}: {error.What}").IsEqualTo("75: aws cannot fetch it: it has not ended after 0 s: waiting");
    }
}
