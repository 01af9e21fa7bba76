using System;
using System.IO;
using Helios.Errors;
using Helios.Os;
using Helios.Progress;
using Helios.Text;

namespace Helios.Cli;

/// <summary>Runs one command and turns any exception into one line on stderr and an exit code.</summary>
internal static class ErrorBoundary
{
    internal static int Run(Func<int> body) => Run(body, static () => null);

    /// <summary>Runs a command that shows progress.</summary>
    /// <param name="progress">The value of <c>--progress</c>; null when it was not given.</param>
    /// <param name="isQuiet">Whether <c>--quiet</c> was given.</param>
    /// <param name="body">The command.</param>
    internal static int Run(string? progress, bool isQuiet, Action<ProgressSink> body)
    {
        ProgressSink? sink = null;
        return Run(() =>
        {
            sink = ProgressSink.Make(progress, isQuiet);
            body(sink);
            return (int)ExitCode.Ok;
        }, () => sink);
    }

    private static int Run(Func<int> body, Func<ProgressSink?> sink)
    {
        try
        {
            return body();
        }
        catch (ReaderGoneException)
        {
            return (int)ExitCode.Ok;
        }
        catch (HeliosException error)
        {
            return Fail(sink(), error);
        }
        catch (OutOfMemoryException error)
        {
            return Fail(sink(), new HeliosException(ExitCode.IoError, "there is not enough memory", "this machine",
                "free some or raise the limit, then run it again", error));
        }
        catch (IOException error) when (Reasons.Of(error) == Reason.DiskFull)
        {
            return Fail(sink(), new HeliosException(
                ExitCode.IoError, "a file cannot be written", error.Message, "make room, then run it again", error));
        }
        catch (Exception error)
        {
            return Fail(sink(), new HeliosException(ExitCode.Internal,
                $"a bug in helios: {error.GetType().Name}: {error.Message}", $"helios {Versions.Text}",
                "please report it with the command line; HELIOS_DEBUG=1 shows details", error));
        }
        finally
        {
            sink()?.Close();
        }
    }

    /// <summary>Programs get the error in its parts, people get one line.</summary>
    private static int Fail(ProgressSink? sink, HeliosException error)
    {
        sink?.Report(new Failed(error));
        Report(error);
        return (int)error.Code;
    }

    internal static void Report(HeliosException error)
    {
        StandardStreams.WriteError("helios: " + ErrorText.OneLine(error.Message));
        if (Environment.GetEnvironmentVariable("HELIOS_DEBUG") == "1") StandardStreams.WriteError(error.ToString());
    }
}
