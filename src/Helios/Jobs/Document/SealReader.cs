using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads seal and seam of a receipt. Receipts come from other machines, so their lists are bounded.</summary>
internal static class SealReader
{
    private const string RenderAgain = "render the chunk again";

    private delegate T? ReadItem<T>(ref JsonTokens tokens, JobProblems problems, string path) where T : class;

    /// <summary>Reads the current value; null and a problem when it is no seal.</summary>
    internal static Seal? Read(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? history = null, processor = null, webGl = null, composition = null, filesDigest = null, fontSet = null;
        long? fileCount = null;
        SealedFile[]? files = null;
        SealedResponse[]? responses = null;
        SealedFont[]? fonts = null;
        if (!IsObject(ref tokens, problems, path)) return null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            switch (member)
            {
                case "history": history = JobValues.ReadString(ref tokens, problems, place); break;
                case "processor": processor = JobValues.ReadString(ref tokens, problems, place); break;
                case "webgl": webGl = JobValues.ReadString(ref tokens, problems, place); break;
                case "compositionDigest": composition = ReadDigest(ref tokens, problems, place); break;
                case "fileCount": fileCount = JobValues.ReadInteger(ref tokens, problems, place, 0, int.MaxValue); break;
                case "filesDigest": filesDigest = ReadDigest(ref tokens, problems, place); break;
                case "files": files = ReadList(ref tokens, problems, place, Seal.MostFiles, ReadFile); break;
                case "responses": responses = ReadList(ref tokens, problems, place, Seal.MostResponses, ReadResponse); break;
                case "fontSet": fontSet = ReadDigest(ref tokens, problems, place); break;
                case "fonts": fonts = ReadList(ref tokens, problems, place, Seal.MostFonts, ReadFont); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        bool isWhole = problems.HasAll(path, RenderAgain, ("history", history), ("processor", processor), ("fileCount", fileCount), ("filesDigest", filesDigest), ("files", files));
        if (!isWhole) return null;
        return new Seal
        {
            History = history!, Processor = processor!, WebGl = webGl, CompositionDigest = composition, FileCount = (int)fileCount!, FilesDigest = filesDigest!,
            Files = files!, Responses = responses, FontSet = fontSet, Fonts = fonts,
        };
    }

    /// <summary>Reads the current value; null and a problem when it is no seam.</summary>
    internal static Seam? ReadSeam(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? before = null, last = null;
        if (!IsObject(ref tokens, problems, path)) return null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            if (member == "before") before = ReadDigest(ref tokens, problems, place);
            else if (member == "last") last = ReadDigest(ref tokens, problems, place);
            else JsonCopy.CopyValue(ref tokens, null);
        }

        return problems.HasAll(path, RenderAgain, ("last", last)) ? new Seam { Before = before, Last = last! } : null;
    }

    /// <summary>A digest; tools that write it in capitals mean the same bytes.</summary>
    internal static string? ReadDigest(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (JobValues.ReadString(ref tokens, problems, path) is not string text) return null;
        string digest = text.ToLowerInvariant();
        if (JobValues.IsDigest(digest)) return digest;
        problems.Add(path, $"{path} is \"{ErrorText.OneLine(ErrorText.Shorten(text, 100))}\", expected {JobValues.ExpectedDigest}", RenderAgain);
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
                case "path": name = JobValues.ReadString(ref tokens, problems, place); break;
                case "offset": offset = JobValues.ReadInteger(ref tokens, problems, place, 0, long.MaxValue) ?? 0; break;
                case "size": size = JobValues.ReadInteger(ref tokens, problems, place, 0, long.MaxValue) ?? 0; break;
                case "digest": digest = ReadDigest(ref tokens, problems, place); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        if (!problems.HasAll(path, RenderAgain, ("path", name))) return null;
        if (!System.IO.Path.IsPathRooted(name) && name!.IndexOf('\0') < 0) return new SealedFile { Path = name, Offset = offset, Size = size, Digest = digest };
        problems.Add(path, $"{path}.path is \"{ErrorText.OneLine(name!)}\", expected a path relative to the composition's directory", RenderAgain);
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
                case "url": url = JobValues.ReadString(ref tokens, problems, place); break;
                case "repetition": repetition = JobValues.ReadInteger(ref tokens, problems, place, 0, int.MaxValue) ?? 0; break;
                case "status": status = JobValues.ReadInteger(ref tokens, problems, place, 0, 999) ?? 0; break;
                case "digest": digest = ReadDigest(ref tokens, problems, place); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        if (!problems.HasAll(path, RenderAgain, ("url", url))) return null;
        return new SealedResponse { Url = url!, Repetition = (int)repetition, Status = (int)status, Digest = digest };
    }

    private static SealedFont? ReadFont(ref JsonTokens tokens, JobProblems problems, string path)
    {
        string? name = null, digest = null;
        while (ReadMember(ref tokens, path) is (string member, string place))
        {
            if (member == "name") name = JobValues.ReadString(ref tokens, problems, place);
            else if (member == "digest") digest = ReadDigest(ref tokens, problems, place);
            else JsonCopy.CopyValue(ref tokens, null);
        }

        return problems.HasAll(path, RenderAgain, ("name", name), ("digest", digest)) ? new SealedFont { Name = name!, Digest = digest! } : null;
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
            if (items.Count == most) throw tokens.Fail(string.Create(CultureInfo.InvariantCulture, $"{path} has more than {most} entries"), RenderAgain);
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

    /// <summary>Goes to the value of the next member: its name, and its JSON path; null at the object's end.</summary>
    private static (string Member, string Path)? ReadMember(ref JsonTokens tokens, string path)
    {
        tokens.Read();
        if (tokens.Type == JsonTokenType.EndObject) return null;
        string member = tokens.GetText();
        tokens.Read();
        return (member, $"{path}.{member}");
    }
}
