using System;
using System.Text.Json;
using Helios.Errors;

namespace Helios.Browser;

/// <summary>
/// The browser's GPU process. When it dies, the browser starts another one, and pages continue without notice, although their
/// WebGL content is lost. SystemInfo.getProcessInfo, checked with Chromium 156.
/// </summary>
internal sealed class GraphicsProcess
{
    /// <summary>Tells the browser's processes; only the browser's own session has it.</summary>
    internal const string Method = "SystemInfo.getProcessInfo";

    private const int Timeout = 15_000;
    private const int ShortTimeout = 5000;
    private const int Sample = 400; // ms
    private const int Samples = 6; // other processes may want the processor, too
    private const double BusyTime = 0.1; // s of a processor, which one that rests does not use in all samples

    private readonly DevToolsSession _browser;
    private readonly long _first;

    /// <summary>Remembers the current one.</summary>
    /// <param name="browser">The browser itself: only its session has this method.</param>
    internal GraphicsProcess(DevToolsSession browser)
    {
        _browser = browser;
        _first = Find();
    }

    /// <exception cref="HeliosException">75: it no longer exists.</exception>
    internal void Check()
    {
        if (Find() == _first) return;
        throw new HeliosException(ExitCode.Temporary, "the browser's graphics process died, and with it what the page had drawn",
            _browser.Where, "run it again; if it happens again, give it more memory");
    }

    /// <summary>Whether it is working now, while nothing else is asked of the browser.</summary>
    internal static bool IsBusy(DevToolsSession browser)
    {
        try
        {
            _ = Read(browser.Call(Method, null, ShortTimeout), out double before);
            for (int i = 0; i < Samples; i++)
            {
                _ = browser.Pump(static () => false, Sample);
                _ = Read(browser.Call(Method, null, ShortTimeout), out double after);
                if (after - before > BusyTime) return true;
            }

            return false;
        }
        catch (HeliosException)
        {
            return false; // the browser answers nothing
        }
    }

    private long Find() => Read(_browser.Call(Method, null, Timeout), out _);

    /// <summary><c>{"processInfo":[{"type":"GPU","id":12,"cpuTime":0.1}, …]}</c>.</summary>
    /// <param name="answer">This.</param>
    /// <param name="cpuTime">Processor time that it has used, s.</param>
    /// <returns>Its id; 0 when there is none.</returns>
    internal static long Read(ReadOnlySpan<byte> answer, out double cpuTime)
    {
        var reader = new Utf8JsonReader(answer);
        long id = 0;
        cpuTime = 0;
        bool isMeant = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                id = 0;
                isMeant = false;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"u8))
            {
                isMeant = reader.Read() && reader.ValueTextEquals("GPU"u8);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8))
            {
                _ = reader.Read() && reader.TryGetInt64(out id);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("cpuTime"u8))
            {
                cpuTime = reader.Read() && reader.TryGetDouble(out double seconds) ? seconds : 0;
            }
            else if (reader.TokenType == JsonTokenType.EndObject && isMeant)
            {
                return id;
            }
        }

        return 0;
    }
}
