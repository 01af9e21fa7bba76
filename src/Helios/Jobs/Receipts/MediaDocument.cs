using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Reads a list of <see cref="MediaClip"/>s, from a receipt or from the page, and writes it into a receipt. Neither source is
/// trusted: clips that are out of range are dropped.
/// </summary>
internal static class MediaDocument
{
    private const string Source = "source", Start = "start", End = "end", Offset = "offset", Rate = "rate", Loop = "loop";
    private const string Volume = "volume", FadeIn = "fadeIn", FadeOut = "fadeOut";

    private const int FastestRate = 16; // a browser's limit
    private const int SlowestPer16 = 1;

    /// <summary>Reads the text that the page gives.</summary>
    internal static List<MediaClip> Read(string text)
    {
        var tokens = new JsonTokens(new MemoryStream(Encoding.UTF8.GetBytes(text)), "what the page plays");
        tokens.Read();
        return Read(ref tokens);
    }

    /// <summary>Reads the current value; any value other than a list counts as an empty list.</summary>
    internal static List<MediaClip> Read(ref JsonTokens tokens)
    {
        var clips = new List<MediaClip>();
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JsonCopy.CopyValue(ref tokens, null);
            return clips;
        }

        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray) return clips;
            if (tokens.Type != JsonTokenType.StartObject) JsonCopy.CopyValue(ref tokens, null);
            else if (ReadClip(ref tokens) is MediaClip clip && IsPossible(clip) && clips.Count < MediaClip.Most) clips.Add(clip);
        }
    }

    private static MediaClip ReadClip(ref JsonTokens tokens)
    {
        var clip = new MediaClip { Source = "" };
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) return clip;
            string name = tokens.GetText();
            tokens.Read();
            decimal number = tokens.Type == JsonTokenType.Number && tokens.TryGetDecimal(out decimal value) ? value : 0;
            clip = name switch
            {
                Source when tokens.Type == JsonTokenType.String => clip with { Source = tokens.GetText() },
                Start => clip with { Start = number },
                End => clip with { End = number },
                Offset => clip with { Offset = number },
                Rate => clip with { Rate = number },
                Loop => clip with { Loop = tokens.Type == JsonTokenType.True },
                Volume => clip with { Volume = number },
                FadeIn => clip with { FadeIn = number },
                FadeOut => clip with { FadeOut = number },
                _ => clip,
            };
            if (tokens.Type is JsonTokenType.StartObject or JsonTokenType.StartArray) JsonCopy.CopyValue(ref tokens, null);
        }
    }

    private static bool IsPossible(MediaClip clip)
    {
        static bool IsTime(decimal seconds) => seconds is >= 0 and <= Duration.MaxSeconds;
        return clip.Source.Length is > 0 and <= MediaClip.MaxSourceLength
            && IsTime(clip.Start) && IsTime(clip.End) && IsTime(clip.Offset) && IsTime(clip.FadeIn) && IsTime(clip.FadeOut)
            && clip.Rate * 16 >= SlowestPer16 && clip.Rate <= FastestRate
            && clip.Volume is > 0 and <= 1 && (clip.End == 0 || clip.End > clip.Start);
    }

    internal static void Write(Utf8JsonWriter json, string name, MediaClip[] clips)
    {
        json.WriteStartArray(name);
        foreach (MediaClip clip in clips)
        {
            json.WriteStartObject();
            json.WriteString(Source, clip.Source);
            json.WriteNumber(Start, clip.Start);
            json.WriteNumber(End, clip.End);
            json.WriteNumber(Offset, clip.Offset);
            json.WriteNumber(Rate, clip.Rate);
            json.WriteBoolean(Loop, clip.Loop);
            json.WriteNumber(Volume, clip.Volume);
            json.WriteNumber(FadeIn, clip.FadeIn);
            json.WriteNumber(FadeOut, clip.FadeOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
