using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os.Processes;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

/// <summary>What a worker says, in whatever pieces and however broken, never ends the run.</summary>
internal sealed class WorkerTests
{
    private const string Error = """{"event":"error","code":65,"what":"it is broken","where":"frame 5","fix":"fix it"}""";

    private static readonly string s_long = new('x', 100_000);

    public static IEnumerable<TestDataRow<(string Said, string Message)>> BrokenLines()
    {
        yield return Row("nothing", "", "75: the worker ended with exit code 65 (chunk 3); run it again");
        yield return Row("no JSON", "{this is no JSON}", "65: {this is no JSON} (chunk 3); see above");
        yield return Row("JSON that is cut", Error[..40], $"65: {Error[..40]} (chunk 3); see above");
        yield return Row(
            "JSON that is cut after a backslash",
            """{"event":"error","what":"a\""",
            """65: {"event":"error","what":"a\ (chunk 3); see above""");
        yield return Row(
            "JSON that is nested deeply",
            new string('[', 5).Replace("[", "{\"a\":", StringComparison.Ordinal) + new string('[', 90),
            null);
        yield return Row("a line that is too long", """{"event":"error","code":65,"what":""" + "\"" + s_long + "\"}", null);
        yield return Row("a long text", "helios: " + s_long, null);
        yield return Row("NUL", "{\"event\":\"error\",\"what\":\"\0\"}", null);
        yield return Row(
            "events of other kinds",
            """{"event":7}""" + "\n" + """{"event":null,"code":65}""" + "\n{}\n{\"event\":\"new\"}",
            "75: the worker ended with exit code 65 (chunk 3); run it again");
        yield return Row(
            "members of other kinds",
            """{"event":"progress","frames":"many"}""" + "\n" + """{"event":"error","code":65,"what":7,"where":[],"fix":null}""",
            "65:  (chunk 3, ); ");
        yield return Row(
            "numbers out of range",
            """{"event":"progress","frames":1e300}""" + "\n" + """{"event":"error","code":-1e300,"what":"odd"}""",
            "75: the worker ended with exit code 65 (chunk 3); run it again");
        yield return Row(
            "half of a surrogate pair",
            """{"event":"error","code":65,"what":"\ud83c","where":"a","fix":"b"}""",
            "65:  (chunk 3, a); b");
        yield return Row("invalid UTF-8", "{\"event\":\"\u00ff\u00fe\u00c3\"}\n\u00c3\u0028", null);
        yield return Row("an error that is whole", Error, "65: it is broken (chunk 3, frame 5); fix it");
        yield return Row("an error after broken lines", "{\n{\"\n\0\n}\n" + Error, "65: it is broken (chunk 3, frame 5); fix it");
    }

    [Test]
    [MethodDataSource(nameof(BrokenLines))]
    public async Task A_worker_that_ends_with_65(string said, string? message)
    {
        using Worker worker = Speak(said);

        HeliosException error = worker.ToError(65);

        await Assert.That(error.Message.Length).IsLessThan(6000);
        await Assert.That(error.Code).IsNotEqualTo(ExitCode.Internal);
        if (message is not null) await Assert.That($"{(int)error.Code}: {error.Message}").IsEqualTo(message);
    }

    [Test]
    [Arguments("""{"event":"progress","frames":12}""", 12L)]
    [Arguments("""{"event":"progress","frames":-12}""", 0L)]
    [Arguments("""{"event":"progress","frames":1e300}""", 1_000_000_000_000_000L)]
    [Arguments("""{"event":"progress"}""", 0L)]
    public async Task Frames_are_a_number_that_can_be_counted_with(string line, long frames)
    {
        using Worker worker = Speak(line);

        await Assert.That(worker.Frames).IsEqualTo(frames);
    }

    /// <summary>A process that says it on stderr, a byte for each character, and ends.</summary>
    private static Worker Speak(string said)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["said"], Encoding.Latin1.GetBytes(said));
        ChildPipe[] pipes = [new(2, IsOutput: true), new(0, IsOutput: false)];
        var worker = new Worker(ChildProcess.Start("/bin/sh", ["-c", "cat \"$0\" >&2", folder["said"]], pipes), static _ => { }, "chunk");
        worker.Assign(3, 1);
        while (!worker.HasOutputEnded)
        {
            PipeEnd.WaitForAny([worker.Output], 100);
            worker.ReadOutput();
        }

        return worker;
    }

    private static TestDataRow<(string Said, string Message)> Row(string name, string said, string? message) =>
        new((said, message!), DisplayName: "After " + name);
}
