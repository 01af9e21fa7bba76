using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Reads the times of a receipt. They decide nothing but estimates, so that impossible ones count as none, and the chunk stays complete.
/// </summary>
internal static class TimingsDocument
{
    private const long Longest = 7 * 86_400_000; // ms; ten million of them are a long of microseconds

    /// <summary>Reads the current value; null when it is not an object with possible times.</summary>
    internal static ReceiptTimings? Read(ref JsonTokens tokens)
    {
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JsonCopy.CopyValue(ref tokens, null);
            return null;
        }

        long load = 0, preroll = 0, capture = 0, total = -1;
        bool isPossible = true;
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string name = tokens.GetText();
            tokens.Read();
            long time = -1;
            bool isTime = tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out time) && time is >= 0 and <= Longest;
            if (name is "loadMs" or "prerollMs" or "captureMs" or "totalMs") isPossible &= isTime;
            switch (name)
            {
                case "loadMs": load = time; break;
                case "prerollMs": preroll = time; break;
                case "captureMs": capture = time; break;
                case "totalMs": total = time; break;
            }

            tokens.SkipValue();
        }

        return isPossible && total >= 0
            ? new ReceiptTimings { LoadMs = load, PrerollMs = preroll, CaptureMs = capture, TotalMs = total }
            : null;
    }
}
