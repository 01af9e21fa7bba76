using System;
using System.Text.Json;

namespace Helios.Render;

/// <summary>
/// The browser's process that draws WebGL. The browser starts another one when it dies, which screenshots show (a frame
/// without a picture) but pixels that a page hands over do not. SystemInfo.getProcessInfo, checked with Chromium 156.
/// </summary>
internal static class GraphicsProcess
{
    private const int Timeout = 15_000;

    /// <summary>Its id; 0 when there is none.</summary>
    internal static long Find(DevToolsSession session)
    {
        string? page = session.Target;
        session.Target = null; // only the browser itself knows
        try
        {
            return Read(session.Call("SystemInfo.getProcessInfo", null, Timeout));
        }
        finally
        {
            session.Target = page;
        }
    }

    /// <summary><c>{"processInfo":[{"type":"GPU","id":12,"cpuTime":0.1}, …]}</c>.</summary>
    internal static long Read(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        long id = 0;
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
            else if (reader.TokenType == JsonTokenType.EndObject && isMeant)
            {
                return id;
            }
        }

        return 0;
    }
}
