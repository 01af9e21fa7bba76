using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>Each fault of a page ends render-chunk with its exit code and one message, and leaves nothing.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class BrokenPageTests(NativeBinary helios)
{
    private const string Fine = "<!doctype html><body style='margin:0;background:#0f0'>";

    /// <summary>Seconds in which a page that works has answered long since.</summary>
    private static readonly string s_limit = Pace.Option(3);

    private const string AtFrame5 =
        "let n = 0; const step = () => { if (n++ === 5) { ACTION } requestAnimationFrame(step); }; requestAnimationFrame(step);";

    /// <summary>Pages that cannot be rendered; the message is a regular expression for the part before the fix.</summary>
    public static IEnumerable<TestDataRow<(string Page, string Options, int ExitCode, string Message)>> BrokenPages()
    {
        yield return Row(
            "throws at frame 5",
            At5("throw new Error('broken on purpose');"),
            "",
            65,
            @"the page throws: Error: broken on purpose at https://composition\.helios/page\.html:1 \(frame [56] of https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "throws what is no error",
            At5("throw 'a text';"),
            "",
            65,
            @"the page throws: .*a text.* \(frame [56] of https://composition\.helios/page\.html\)");
        yield return Row(
            "throws 100,000 characters",
            At5("throw new Error('x'.repeat(100000));"),
            "",
            65,
            @"the page throws: Error: x{280,300}\.\.\. at https://composition\.helios/page\.html:1 \(frame [56] of https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "rejects its own hook with 100,000 characters",
            "<!doctype html><script>window.__HELIOS_READY__ = Promise.reject(new Error('x'.repeat(100000)))</script>", "", 65,
            @"the page throws: Error: x{280,300}\.\.\.[^\n]{0,200}");
        yield return Row(
            "opens a dialog of 100,000 characters",
            At5("alert('x'.repeat(100000));"),
            "",
            65,
            @"the page opens a dialog \(alert\): ""x{297}\.\.\."" \(frame [56] of https://composition\.helios/page\.html\)");
        yield return Row(
            "has an inline picture that cannot be decoded",
            "<!doctype html><img src='data:image/png;base64," + new string('A', 100_000) + "'>",
            "",
            65,
            @"the page shows data:image/png;base64,A{270,290}\.\.\. \(Image\), which cannot be decoded \(loading https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "shows an SVG picture that moves",
            "<!doctype html><img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'><animate attributeName='x' to='9' dur='1s'/></rect></svg>\">",
            "", 65,
            @"the page shows data:image/svg\+xml,.*, an SVG image that moves by itself and not by the page's clock \(loading https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "throws while loading", "<!doctype html><script>missing.member</script>", "", 65,
            @"the page throws: ReferenceError: missing is not defined at https://composition\.helios/page\.html:1 \(loading https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "rejects a promise at 200 ms",
            "<!doctype html><script>setTimeout(() => Promise.reject(new Error('rejected on purpose')), 200)</script>", "", 65,
            @"the page throws: Error: rejected on purpose at https://composition\.helios/page\.html:1 \(frame 6 of https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "misses an image", "<!doctype html><img src='no%20such.png'>", "", 65,
            @"the page needs https://composition\.helios/no%20such\.png \(Image\) and does not get it: no such file \(loading https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "misses a script", "<!doctype html><script src='missing.js'></script>", "", 65,
            @"the page needs https://composition\.helios/missing\.js \(Script\) .*");
        yield return Row(
            "misses a style sheet", "<!doctype html><link rel='stylesheet' href='missing.css'>", "", 65,
            @"the page needs https://composition\.helios/missing\.css \(Stylesheet\) .*");
        yield return Row(
            "misses a font", "<!doctype html><style>@font-face{font-family:a;src:url(missing.woff2)}p{font-family:a}</style><p>text", "",
            65,
            @"the page needs https://composition\.helios/missing\.woff2 \(Font\) .*");
        yield return Row(
            "misses an image that it asks for at frame 5",
            At5("document.body.append(Object.assign(new Image(), { src: 'late.png' }));"),
            "",
            65,
            @"the page needs https://composition\.helios/late\.png \(Image\) and does not get it: no such file \(frame [56] of https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "imports a bare name", "<!doctype html><script type=module>import 'three'</script>", "", 65,
            @"the page throws: TypeError: Failed to resolve module specifier ""three""\..* \(loading https://composition\.helios/page\.html\)(?=; bundle the page)"
        );
        yield return Row(
            "maps a bare name to another",
            "<!doctype html><script type=importmap>{\"imports\":{\"three\":\"lib/three.js\"}}</script><script type=module>import 'three'</script>",
            "", 65,
            @"the page throws: TypeError: Failed to resolve module specifier ""three""\..* \(loading https://composition\.helios/page\.html\)(?=; bundle the page)"
        );
        yield return Row(
            "opens a dialog",
            At5("alert('are you there?');"),
            "",
            65,
            @"the page opens a dialog \(alert\): ""are you there\?"" \(frame [56] of https://composition\.helios/page\.html\)");
        yield return Row(
            "navigates away",
            At5("location.href = 'about:blank';"),
            "",
            65,
            @"the page navigates away to about:blank \(frame [0-9]+ of https://composition\.helios/page\.html\)");
        yield return Row(
            "loops for ever at frame 5",
            At5("for (;;) ;"),
            "--timeout " + s_limit,
            75,
            $@"no answer to .* within {s_limit} s: .* \(frame [56] of https://composition\.helios/page\.html\)");
        yield return Row(
            "loops for ever while loading", "<!doctype html><script>for (;;) ;</script>", $"--timeout {s_limit} --ready-timeout {s_limit}",
            75,
            $@".* {s_limit} s.*https://composition\.helios/page\.html.*");
        yield return Row(
            "is never stable",
            Hooked("waitUntilStable: () => new Promise(() => { })"),
            "--timeout " + s_limit,
            65,
            NeverSettles("helios.waitUntilStable", 0));
        yield return Row(
            "polls by animation frames whether it is stable, and never is",
            Hooked("waitUntilStable: () => new Promise(() => { const poll = () => requestAnimationFrame(poll); poll(); })"),
            "--timeout " + s_limit,
            65,
            NeverSettles("helios.waitUntilStable", 0));
        yield return Row(
            "polls by timers whether it is stable, and never is",
            Hooked("waitUntilStable: () => new Promise(() => { const poll = () => setTimeout(poll, 5); poll(); })"),
            "--timeout " + Pace.Option(12),
            65,
            NeverSettles("helios.waitUntilStable", 0));
        yield return Row(
            "is sought in vain",
            "<!doctype html><script>window.__hf = { duration: 1, seek: time => time > 0 ? new Promise(() => { }) : undefined }</script>",
            "--timeout " + s_limit, 65,
            NeverSettles("__hf.seek", 1));
        yield return Row(
            "throws in a timer that a hook waits for",
            Hooked("waitUntilStable: () => new Promise(() => setTimeout(() => { throw new Error('late'); }, 16))"),
            "--timeout " + s_limit,
            65,
            @"the page throws: Error: late at .* \(frame 0 of https://composition\.helios/page\.html\)");
        yield return Row(
            "has a worker that throws",
            Worker("throw new Error('at work');"),
            "",
            65,
            @"the page throws: Error: at work at blob:https://composition\.helios/[0-9a-f-]+:1 \(loading https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "misses a worker's script", "<!doctype html><script>new Worker('missing.js')</script>", "", 65,
            @"the page needs https://composition\.helios/missing\.js \(Script\) and does not get it: no such file .*");
        yield return Row(
            "has a worker that loops for ever",
            Worker("setTimeout(() => { for (;;) ; }, 100)"),
            "--timeout " + s_limit,
            75,
            $@"no answer within {s_limit} s: the page's worker blob:[^ ]+ does not return to its event loop, .* \(frame [34] .*\)");
        yield return Row(
            "has a worker of a worker",
            Worker("new Worker('data:text/javascript,0')"),
            "",
            65,
            @"the page throws: NotSupportedError: helios renders no workers that workers start.*");
        yield return Row(
            "eats memory",
            At5("const food = []; for (;;) food.push(new Array(1e6).fill(Math.random()));"),
            "--timeout " + Pace.Option(10),
            75,
            $@"(the page crashed in the browser|no answer to .* within {Pace.Option(10)} s: .*) \(frame [56] of https://composition\.helios/page\.html\)"
        );
        yield return Row(
            "has no canvas", Fine, "", 65,
            @"the page throws: Error: no canvas element matches ""canvas"" .*",
            "--mode canvas");
    }

    [Test]
    [MethodDataSource(nameof(BrokenPages))]
    public async Task A_page_that(string page, string options, int exitCode, string message)
    {
        string[] planned = options.Split('|');
        using var place = new RenderPlace(helios, page);
        await place.PlanAsync(["--frames", "20", .. Words(planned[1])]);

        RunResult result = await place.Render(Words(planned[0]));

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: {message}; [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_page_that_waits_for_a_server_that_never_answers_is_75()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start(); // connections are taken by the kernel and never served
        string url = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/never.html";
        using var place = new RenderPlace(helios, Fine);
        (await place.Run("export-job", url, "--job", "job.json", "--job-id", "j", "--frames", "5", "-q")).Succeeded();

        RunResult result = await place.Render("--ready-timeout", s_limit);

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: [^\n]+ {s_limit} s[^\n]*{url}[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_net_that_is_forbidden_is_named_with_the_url()
    {
        using var place = new RenderPlace(helios, "<!doctype html><img src='http://127.0.0.1:9/a.png'>");
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render("--offline");

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                @"^helios: the page needs http://127\.0\.0\.1:9/a\.png \(Image\) and does not get it: --offline forbids the net [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>The lines of a worker were cut where they had 64 KiB, and what was left of the JSON was a bug of helios.</summary>
    [Test]
    [Arguments("throw new Error('x'.repeat(100000))", DisplayName = "ASCII")]
    [Arguments("throw new Error('\\u{1f3ac}\\0'.repeat(100000))", DisplayName = "characters that JSON escapes")]
    [Arguments("throw 'x'.repeat(100000)", DisplayName = "a text")]
    public async Task A_long_error_of_the_page_is_65_of_the_run_too(string action)
    {
        using var place = new RenderPlace(helios, At5(action));
        await place.PlanAsync("--frames", "20", "--shards", "1");

        RunResult result = await place.RunJob();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(@"^helios: the page throws: .{200,1500} \(chunk 0, frame [56] of https://composition\.helios/page\.html\); [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Errors_that_a_page_logs_are_passed_on_once_each()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body><script>
            console.log("a word"); console.warn("a warning");
            let n = 0;
            const step = () => { console.error("every frame"); if (n === 5) console.error("five:", 5, { a: 1 }, new TypeError("wrong")); if (n > 5) for (let i = 0; i < 10; i++) console.error("many", n, i); n++; requestAnimationFrame(step); };
            requestAnimationFrame(step);
            </script>
            """);
        await place.PlanAsync("--frames", "20");

        RunResult result = await place.Render("--quiet");

        string[] lines = RenderPlace.Said(result.Succeeded()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(lines.Length).IsEqualTo(20);
        await Assert
            .That(lines[0])
            .IsEqualTo("helios: the page logs an error: every frame (frame 0 of https://composition.helios/page.html)");
        await Assert
            .That(lines[1])
            .Matches(
                @"^helios: the page logs an error: five: 5 Object TypeError: wrong \(frame [56] of https://composition\.helios/page\.html\)$"
            );
        await Assert
            .That(lines.Skip(2).All(line => line.StartsWith("helios: the page logs an error: many ", StringComparison.Ordinal)))
            .IsTrue();
    }

    private static string Hooked(string member) => $"<!doctype html><script>window.helios = {{ seek() {{ }}, {member} }}</script>";

    private static string NeverSettles(string hook, int frame) =>
        hook.Replace(".", @"\.", StringComparison.Ordinal)
        + " never settles: the page has come to rest, and nothing is left that it could wait for "
        + $@"\(frame {frame} of https://composition\.helios/page\.html\)";

    private static string Worker(string script) =>
        $"<!doctype html><script>new Worker(URL.createObjectURL(new Blob([`{script}`])))</script>";

    private static string At5(string action) =>
        "<!doctype html><body><script>" + AtFrame5.Replace("ACTION", action, StringComparison.Ordinal) + "</script>";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TestDataRow<(string Page, string Options, int ExitCode, string Message)> Row(
        string name,
        string page,
        string options,
        int exitCode,
        string message,
        string planned = ""
    ) => new((page, options + "|" + planned, exitCode, message), DisplayName: "A page that " + name);
}
