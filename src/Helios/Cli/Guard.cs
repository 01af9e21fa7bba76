using System;
using System.IO;
using Helios.Cli.Progress;
using Helios.Errors;
using Helios.Os;

namespace Helios.Cli;

/// <summary>Runs one command and turns whatever it throws into one line on stderr and an exit code.</summary>
internal static class Guard
{
    internal static int Run(Func<int> body)
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
            return Fail(error);
        }
        catch (OutOfMemoryException error)
        {
            return Fail(new HeliosException(ExitCode.IoError, "there is not enough memory", "this machine", "free some or raise the limit, then run it again", error));
        }
        catch (Exception error)
        {
            return Fail(new HeliosException(ExitCode.Internal, $"a bug in helios: {error.GetType().Name}: {error.Message}", $"helios {Versions.Text}",
                "please report it with the command line; HELIOS_DEBUG=1 shows details", error));
        }
    }

    private static int Fail(HeliosException error)
    {
        ProgressJson.Fail(error);
        Report(error);
        return (int)error.Code;
    }

    internal static void Report(HeliosException error)
    {
        StandardStreams.WriteError("helios: " + ErrorText.OneLine(error.Message));
        if (Environment.GetEnvironmentVariable("HELIOS_DEBUG") == "1") StandardStreams.WriteError(error.ToString());
    }
}
