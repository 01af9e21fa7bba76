using System;
using System.Globalization;
using Helios.Errors;
using Helios.Text;

namespace Helios.Browser;

/// <summary>The errors of a failed conversation with the browser.</summary>
internal static class DevToolsErrors
{
    private const int Megabyte = 1024 * 1024;

    /// <param name="context">The caller's activity.</param>
    /// <param name="what">The awaited event or answer.</param>
    /// <param name="milliseconds">
    /// How long this call has waited. Said only where no limit of the user applies, of which it may be the rest.
    /// </param>
    internal static HeliosException TimedOut(ICallContext context, string what, int milliseconds)
    {
        string? url = context.FindSuspect();
        double seconds = (context.Limit.Milliseconds ?? milliseconds) / 1000.0;
        if (url is null && context.IsDrawing())
        {
            return new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture,
                $"this machine needs more than {seconds:0.###} s to draw one frame: the browser is still drawing"),
                context.Where,
                $"raise {context.Limit.Option}, let the page draw less (WebGL runs on the processor: a smaller canvas, a simpler shader), "
                    + "or use a faster machine");
        }

        if (context.FindStuckWorker() is string worker && (url is null || url == worker)) // its own script may count as open meanwhile
        {
            string name = ErrorText.Shorten(worker);
            return new HeliosException(ExitCode.Temporary, string.Create(CultureInfo.InvariantCulture,
                $"no answer within {seconds:0.###} s: the page's worker {name} does not return to its event loop, and frames wait for it"),
                context.Where,
                "let it wait by Atomics.waitAsync or for a message instead of Atomics.wait, look for an endless loop in it, "
                    + $"or raise {context.Limit.Option}");
        }

        string suspect = url is null ? "the page hangs or the machine is too slow" : $"{url} is not answered";
        return new HeliosException(ExitCode.Temporary,
            string.Create(CultureInfo.InvariantCulture, $"no answer to {ErrorText.Shorten(what)} within {seconds:0.###} s: {suspect}"),
            context.Where,
            (url is null ? "look for an endless loop in the page" : "see why its server does not answer")
                + $", or raise {context.Limit.Option}");
    }

    /// <summary>Why the browser refused a call; null when it did not.</summary>
    internal static string? ReasonOf(scoped DevToolsMessage answer) =>
        answer.Error.IsEmpty ? null : ErrorText.Shorten(JsonFields.GetText(answer.Error, "message"u8) ?? "no reason given");

    internal static HeliosException Refused(ICallContext context, string method, string reason) =>
        new(ExitCode.Temporary, $"the browser refused {method}: {reason}", context.Where,
            "run it again; if it happens again, run helios doctor");

    internal static HeliosException NoMessage(ICallContext context, Exception error) => new(ExitCode.Temporary,
        "the browser sent something that is no DevTools message", context.Where,
        "run it again; if it happens again, run helios doctor", error);

    /// <summary>The error of a pipe that is closed.</summary>
    /// <param name="context">The caller's activity.</param>
    /// <param name="pipe">The pipe.</param>
    /// <param name="describeEnd">Describes the end of a browser: <c> with exit code 1: …</c>.</param>
    internal static HeliosException Closed(ICallContext context, DevToolsPipe pipe, Func<string> describeEnd)
    {
        if (!pipe.Excess.IsEmpty) return TooLarge(context, pipe);
        if (pipe.Reason.Length > 0)
        {
            return new HeliosException(
                ExitCode.Temporary, pipe.Reason, context.Where, "run it again; if it happens again, use a less busy machine");
        }

        return new HeliosException(ExitCode.Temporary, "the browser ended unexpectedly" + describeEnd(), context.Where,
            "run it again; if it happens again, give it more memory");
    }

    private static HeliosException TooLarge(ICallContext context, DevToolsPipe pipe)
    {
        string name = DevToolsMessage.NameOf(pipe.Excess);
        string what = name.StartsWith("Runtime.consoleAPICalled", StringComparison.Ordinal)
            ? "the page logs"
            : "the page makes the browser send";
        return new HeliosException(ExitCode.Invalid, string.Create(CultureInfo.InvariantCulture,
            $"{what} more than {pipe.Largest / Megabyte} MiB at once ({(name.Length > 0 ? name : "an answer")})"),
            context.Where, "let the page log less, and choose smaller frames");
    }
}
