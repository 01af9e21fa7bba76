using System;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Reads the times of a receipt. Only estimates depend on them: impossible ones count as none, and the chunk stays complete.
/// </summary>
internal static class TimingsDocument
{
    // as TimingsJson writes the properties; events of progress have the same
    internal const string Load = "loadMs";
    internal const string Preroll = "prerollMs";
    internal const string Capture = "captureMs";
    internal const string Total = "totalMs";

    private const long Longest = 7 * 86_400_000; // ms; ten million of them are a long of microseconds

    private static readonly string[] s_names = [Load, Preroll, Capture, Total];

    /// <summary>Reads the current value; null when it is not an object with possible times.</summary>
    internal static ReceiptTimings? Read(ref JsonTokens tokens)
    {
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JsonCopy.CopyValue(ref tokens, null);
            return null;
        }

        long[] times = [0, 0, 0, -1]; // a receipt without a total has none
        bool isPossible = true;
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string name = tokens.GetText();
            tokens.Read();
            long time = -1;
            bool isTime = tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out time) && time is >= 0 and <= Longest;
            int member = Array.IndexOf(s_names, name);
            if (member >= 0)
            {
                isPossible &= isTime;
                times[member] = time;
            }

            tokens.SkipValue();
        }

        return isPossible && times[3] >= 0
            ? new ReceiptTimings { LoadMs = times[0], PrerollMs = times[1], CaptureMs = times[2], TotalMs = times[3] }
            : null;
    }
}
