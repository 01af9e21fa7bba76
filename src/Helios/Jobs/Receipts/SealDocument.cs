using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Reads and writes seal and seam of a receipt. Receipts come from other machines, so the lengths of their lists are limited.
/// </summary>
internal static class SealDocument
{
    // of a seal
    private const string History = "history", BrowserBuild = "browserBuild", Processor = "processor", WebGl = "webgl";
    private const string CompositionDigest = "compositionDigest", FileCount = "fileCount", FilesDigest = "filesDigest", Files = "files",
        Responses = "responses", FontSet = "fontSet", Fonts = "fonts";

    // of its lists
    private const string Path = "path", Offset = "offset", Size = "size", Digest = "digest", Url = "url", Repetition = "repetition";
    private const string Status = "status", Name = "name";

    // of a seam
    private const string Before = "before", Last = "last";

    private const string RenderAgain = ReceiptDocument.RenderAgain;

    private delegate T? ReadItem<T>(ref JsonTokens tokens, JobProblems problems, string path) where T : class;

    /// <summary>Reads the current value; null and a problem when it is not a seal.</summary>
    internal static Seal? Read(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? history = null, build = null, processor = null, webGl = null, composition = null, filesDigest = null, fontSet = null;
        long? fileCount = null;
        SealedFile[]? files = null;
        SealedResponse[]? responses = null;
        SealedFont[]? fonts = null;
        if (!IsObject(ref tokens, problems, path)) return null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            switch (member)
            {
                case History: history = JobValues.ReadString(ref tokens, problems, place); break;
                case BrowserBuild: build = JobValues.ReadString(ref tokens, problems, place); break;
                case Processor: processor = JobValues.ReadString(ref tokens, problems, place); break;
                case WebGl: webGl = JobValues.ReadString(ref tokens, problems, place); break;
                case CompositionDigest: composition = ReadDigest(ref tokens, problems, place); break;
                case FileCount: fileCount = JobValues.ReadInteger(ref tokens, problems, place, 0, int.MaxValue); break;
                case FilesDigest: filesDigest = ReadDigest(ref tokens, problems, place); break;
                case Files: files = ReadList(ref tokens, problems, place, Seal.MostFiles, ReadFile); break;
                case Responses: responses = ReadList(ref tokens, problems, place, Seal.MostResponses, ReadResponse); break;
                case FontSet: fontSet = ReadDigest(ref tokens, problems, place); break;
                case Fonts: fonts = ReadList(ref tokens, problems, place, Seal.MostFonts, ReadFont); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        bool isWhole = problems.HasAll(path, RenderAgain, (History, history), (Processor, processor), (FileCount, fileCount),
            (FilesDigest, filesDigest), (Files, files));
        if (!isWhole) return null;
        return new Seal
        {
            History = history!,
            BrowserBuild = build,
            Processor = processor!,
            WebGl = webGl,
            CompositionDigest = composition,
            FileCount = (int)fileCount!,
            FilesDigest = filesDigest!,
            Files = files!,
            Responses = responses,
            FontSet = fontSet,
            Fonts = fonts,
        };
    }

    /// <summary>Reads the current value; null and a problem when it is not a seam.</summary>
    internal static Seam? ReadSeam(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? before = null, last = null;
        if (!IsObject(ref tokens, problems, path)) return null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            if (member == Before) before = ReadDigest(ref tokens, problems, place);
            else if (member == Last) last = ReadDigest(ref tokens, problems, place);
            else JsonCopy.CopyValue(ref tokens, null);
        }

        return problems.HasAll(path, RenderAgain, (Last, last)) ? new Seam { Before = before, Last = last! } : null;
    }

    /// <summary>A digest; upper case is accepted, since tools may write it so.</summary>
    internal static string? ReadDigest(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (JobValues.ReadString(ref tokens, problems, path) is not string text) return null;
        string digest = text.ToLowerInvariant();
        if (JobValues.IsDigest(digest)) return digest;
        problems.Add(
            path, $"{path} is \"{ErrorText.OneLine(ErrorText.Shorten(text, 100))}\", expected {JobValues.ExpectedDigest}", RenderAgain);
        return null;
    }

    private static SealedFile? ReadFile(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? name = null, digest = null;
        long offset = 0, size = 0;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            switch (member)
            {
                case Path: name = JobValues.ReadString(ref tokens, problems, place); break;
                case Offset: offset = JobValues.ReadInteger(ref tokens, problems, place, 0, long.MaxValue) ?? 0; break;
                case Size: size = JobValues.ReadInteger(ref tokens, problems, place, 0, long.MaxValue) ?? 0; break;
                case Digest: digest = ReadDigest(ref tokens, problems, place); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        if (!problems.HasAll(path, RenderAgain, (Path, name))) return null;
        if (!System.IO.Path.IsPathRooted(name) && name!.IndexOf('\0') < 0)
            return new SealedFile { Path = name, Offset = offset, Size = size, Digest = digest };
        problems.Add(
            path, $"{path}.{Path} is \"{ErrorText.OneLine(name!)}\", expected a path relative to the composition's directory", RenderAgain);
        return null;
    }

    private static SealedResponse? ReadResponse(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? url = null, digest = null;
        long repetition = 0, status = 0;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            switch (member)
            {
                case Url: url = JobValues.ReadString(ref tokens, problems, place); break;
                case Repetition: repetition = JobValues.ReadInteger(ref tokens, problems, place, 0, int.MaxValue) ?? 0; break;
                case Status: status = JobValues.ReadInteger(ref tokens, problems, place, 0, 999) ?? 0; break;
                case Digest: digest = ReadDigest(ref tokens, problems, place); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        if (!problems.HasAll(path, RenderAgain, (Url, url))) return null;
        return new SealedResponse { Url = url!, Repetition = (int)repetition, Status = (int)status, Digest = digest };
    }

    private static SealedFont? ReadFont(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? name = null, digest = null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            if (member == Name) name = JobValues.ReadString(ref tokens, problems, place);
            else if (member == Digest) digest = ReadDigest(ref tokens, problems, place);
            else JsonCopy.CopyValue(ref tokens, null);
        }

        return problems.HasAll(path, RenderAgain, (Name, name), (Digest, digest))
            ? new SealedFont { Name = name!, Digest = digest! }
            : null;
    }

    private static T[]? ReadList<T>(ref JsonTokens tokens, JobProblems problems, string path, int most, ReadItem<T> read) where T : class
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JobValues.Report(ref tokens, problems, path, "a list");
            return null;
        }

        var items = new List<T>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray) return [.. items];
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{items.Count}]");
            if (items.Count == most)
                throw tokens.Fail(string.Create(CultureInfo.InvariantCulture, $"{path} has more than {most} entries"), RenderAgain);
            T? item = IsObject(ref tokens, problems, place) ? read(ref tokens, problems, place) : null;
            problems.ThrowIfAny(); // in the middle of a list there is nothing to continue with
            items.Add(item!);
        }
    }

    private static bool IsObject(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type == JsonTokenType.StartObject) return true;
        JobValues.Report(ref tokens, problems, path, "an object");
        return false;
    }

    /// <summary>Advances to the value of the next member: its name, and its JSON path; null at the object's end.</summary>
    private static (string Member, string Path)? ReadMember(ref JsonTokens tokens, string path)
    {
        tokens.Read();
        if (tokens.Type == JsonTokenType.EndObject) return null;
        string member = tokens.GetText();
        tokens.Read();
        return (member, $"{path}.{member}");
    }

    internal static void Write(Utf8JsonWriter json, string name, Seal seal)
    {
        json.WriteStartObject(name);
        json.WriteString(History, seal.History);
        WriteOptional(json, BrowserBuild, seal.BrowserBuild);
        json.WriteString(Processor, seal.Processor);
        WriteOptional(json, WebGl, seal.WebGl);
        WriteOptional(json, CompositionDigest, seal.CompositionDigest);
        json.WriteNumber(FileCount, seal.FileCount);
        json.WriteString(FilesDigest, seal.FilesDigest);
        WriteFiles(json, seal.Files);
        if (seal.Responses is not null) WriteResponses(json, seal.Responses);
        WriteOptional(json, FontSet, seal.FontSet);
        if (seal.Fonts is not null) WriteFonts(json, seal.Fonts);
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, string name, Seam seam)
    {
        json.WriteStartObject(name);
        WriteOptional(json, Before, seam.Before);
        json.WriteString(Last, seam.Last);
        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, SealedFile[] files)
    {
        json.WriteStartArray(Files);
        foreach (SealedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString(Path, file.Path);
            WriteOptional(json, Offset, file.Offset);
            WriteOptional(json, Size, file.Size);
            WriteOptional(json, Digest, file.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResponses(Utf8JsonWriter json, SealedResponse[] responses)
    {
        json.WriteStartArray(Responses);
        foreach (SealedResponse response in responses)
        {
            json.WriteStartObject();
            json.WriteString(Url, response.Url);
            WriteOptional(json, Repetition, response.Repetition);
            json.WriteNumber(Status, response.Status);
            WriteOptional(json, Digest, response.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFonts(Utf8JsonWriter json, SealedFont[] fonts)
    {
        json.WriteStartArray(Fonts);
        foreach (SealedFont font in fonts)
        {
            json.WriteStartObject();
            json.WriteString(Name, font.Name);
            json.WriteString(Digest, font.Digest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long number)
    {
        if (number != 0) json.WriteNumber(name, number);
    }
}
