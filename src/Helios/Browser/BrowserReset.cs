using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using Helios.Errors;
using Helios.Text;

namespace Helios.Browser;

/// <summary>
/// Takes a browser back to its start, so that it serves another page as a new one would: every page and worker is closed, and with them
/// the processes that know the old page; what pages have stored is deleted. One empty page is open then, which a new browser has not.
/// Checked with Chromium 156.
/// </summary>
/// <param name="browser">Session of the browser itself.</param>
internal sealed class BrowserReset(DevToolsSession browser)
{
    private const int CallTimeout = 5000;
    private const int CloseTimeout = 5000; // ms; closing is slow while a merge uses the processors
    private const int LongestPause = 50; // ms

    /// <summary>False when it cannot be taken back, or not in time: a new browser is the safe way then.</summary>
    internal bool TryRun()
    {
        try
        {
            browser.Connection.Reset(); // what the old page has subscribed must not hear of the new one
            string empty = JsonFields.GetText(browser.Call("Target.createTarget", static json =>
                json.WriteString("url"u8, "about:blank"u8), CallTimeout), "targetId"u8)!;
            if (!CloseOthers(empty)) return false;
            string session = JsonFields.GetText(browser.Call("Target.attachToTarget", json =>
            {
                json.WriteString("targetId"u8, empty);
                json.WriteBoolean("flatten"u8, true);
            }, CallTimeout), "sessionId"u8)!;
            if (!TryClear(browser.For(session))) return false;
            _ = browser.Call("Target.detachFromTarget", json => json.WriteString("sessionId"u8, session), CallTimeout);
            return CloseOthers(empty); // workers of a service end with what is stored of them
        }
        catch (HeliosException)
        {
            return false; // it has ended, does not answer, or a signal came
        }
    }

    private static bool TryClear(DevToolsSession page)
    {
        _ = page.TryCall("Storage.clearDataForOrigin", static json =>
        {
            json.WriteString("origin"u8, "*"u8);
            json.WriteString("storageTypes"u8, "all"u8);
        }, CallTimeout, out string? refusal);
        foreach (string method in (ReadOnlySpan<string>)["Network.clearBrowserCache", "Network.clearBrowserCookies"])
            if (refusal is null) _ = page.TryCall(method, null, CallTimeout, out refusal);
        return refusal is null;
    }

    /// <summary>Closes every target but one, and waits until they are gone.</summary>
    private bool CloseOthers(string kept)
    {
        long start = Stopwatch.GetTimestamp();
        int pause = 1;
        while (FindOthers(kept) is { Count: > 0 } others)
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > CloseTimeout) return false;
            foreach (string other in others) // a worker cannot be closed, but ends with its page
                _ = browser.TryCall("Target.closeTarget", json => json.WriteString("targetId"u8, other), CallTimeout, out _);
            Thread.Sleep(pause);
            pause = Math.Min(2 * pause, LongestPause);
        }

        return true;
    }

    private List<string> FindOthers(string kept)
    {
        var others = new List<string>();
        ReadOnlySpan<byte> targets = JsonFields.Find(browser.Call("Target.getTargets", null, CallTimeout), "targetInfos"u8);
        var reader = new Utf8JsonReader(targets);
        _ = reader.Read(); // the bracket
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            string? id = JsonFields.GetText(targets[start..(int)reader.BytesConsumed], "targetId"u8);
            if (id is not null && id != kept) others.Add(id);
        }

        return others;
    }
}
