using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Jobs;

/// <summary>
/// What a worker leaves beside a chunk file (<c>&lt;chunk file&gt;.json</c>) when it is complete. A chunk is complete if
/// and only if its receipt, its file and the files that the page read agree.
/// </summary>
internal sealed record Receipt
{
    internal const int SchemaVersion = 2;

    private const int FirstVersion = 1; // had neither seal nor seam

    public required int Version { get; init; }

    public required string JobId { get; init; }

    public required int ChunkId { get; init; }

    public required long StartFrame { get; init; }

    /// <summary>Frames in the file.</summary>
    public required long FrameCount { get; init; }

    /// <summary>Size of the chunk file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary><c>sha256:…</c> of the chunk file, as <c>sha256sum</c> prints it.</summary>
    public required string Digest { get; init; }

    /// <summary><c>sha256:…</c> of what decides the frames (<see cref="JobJson.DigestOf"/>): the same id may be planned anew.</summary>
    public required string SpecDigest { get; init; }

    /// <summary>Versions of what made the file.</summary>
    public required string Helios { get; init; }

    public required string Browser { get; init; }

    public required string Encoder { get; init; }

    /// <summary>What else decided the pixels; null in version 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Seal? Seal { get; init; }

    /// <summary>What proves that the chunk fits its neighbours; null in version 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Seam? Seam { get; init; }

    /// <summary>What the page has played until the end of the chunk; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MediaClip[]? Media { get; init; }

    /// <summary>How long it took; null in a receipt that was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptTimings? Timings { get; init; }

    /// <summary>What rendered the chunk, for messages and to compare.</summary>
    internal string Maker => ErrorText.OneLine($"helios {Helios}, {Browser} and ffmpeg {Encoder}{(Seal is null ? " on an unknown processor" : " on " + Seal.Processor)}");

    private const string RenderAgain = "render the chunk again";

    internal static string PathOf(string chunkFile) => chunkFile + ".json";

    /// <summary>Reads a receipt; members that this version does not know are ignored.</summary>
    /// <exception cref="HeliosException">65: not a receipt.</exception>
    internal static Receipt Read(Stream stream, string name)
    {
        var problems = new JobProblems(name);
        long? version = null, chunkId = null, startFrame = null, frameCount = null, size = null;
        string? jobId = null, digest = null, specDigest = null, helios = null, browser = null, encoder = null;
        List<MediaClip>? media = null;
        Seal? seal = null;
        Seam? seam = null;
        var tokens = new JsonTokens(stream, name);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject) throw tokens.Fail("the receipt is not an object", RenderAgain);
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string member = tokens.GetText();
            tokens.Read();
            string path = "$." + member;
            switch (member)
            {
                case "version": version = ReadVersion(ref tokens, problems, path); break;
                case "jobId": jobId = JobValues.ReadString(ref tokens, problems, path); break;
                case "chunkId": chunkId = JobValues.ReadInteger(ref tokens, problems, path, 0, ChunkPlan.MaxChunks); break;
                case "startFrame": startFrame = JobValues.ReadInteger(ref tokens, problems, path, 0, 2 * FrameRange.MaxFrames); break;
                case "frameCount": frameCount = JobValues.ReadInteger(ref tokens, problems, path, 1, FrameRange.MaxFrames); break;
                case "size": size = JobValues.ReadInteger(ref tokens, problems, path, 0, long.MaxValue); break;
                case "digest": digest = JobValues.ReadString(ref tokens, problems, path)?.ToLowerInvariant(); break;
                case "specDigest": specDigest = JobValues.ReadString(ref tokens, problems, path)?.ToLowerInvariant(); break;
                case "helios": helios = JobValues.ReadString(ref tokens, problems, path); break;
                case "browser": browser = JobValues.ReadString(ref tokens, problems, path); break;
                case "encoder": encoder = JobValues.ReadString(ref tokens, problems, path); break;
                case "seal": seal = SealReader.Read(ref tokens, problems, path); break;
                case "seam": seam = SealReader.ReadSeam(ref tokens, problems, path); break;
                case "media": media = MediaReader.Read(ref tokens); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        tokens.ReadEnd();
        bool isWhole = problems.HasAll("the receipt", RenderAgain, ("version", version), ("jobId", jobId), ("chunkId", chunkId), ("startFrame", startFrame),
            ("frameCount", frameCount), ("size", size), ("digest", digest), ("specDigest", specDigest));
        if (isWhole && version > FirstVersion) _ = problems.HasAll("the receipt", RenderAgain, ("seal", seal), ("seam", seam));
        problems.ThrowIfAny();
        return new Receipt
        {
            Version = (int)version!, JobId = jobId!, ChunkId = (int)chunkId!, StartFrame = startFrame!.Value,
            FrameCount = frameCount!.Value, Size = size!.Value, Digest = digest!,
            SpecDigest = specDigest!, Helios = helios ?? "", Browser = browser ?? "", Encoder = encoder ?? "",
            Seal = version > FirstVersion ? seal : null, Seam = version > FirstVersion ? seam : null,
            Media = media?.Count > 0 ? [.. media] : null,
        };
    }

    private static long? ReadVersion(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out long later) && later > SchemaVersion)
            throw tokens.Fail(string.Create(CultureInfo.InvariantCulture, $"the receipt is of version {later}, which a later helios wrote"), "use that helios, or render the chunk again");
        return JobValues.ReadInteger(ref tokens, problems, path, FirstVersion, SchemaVersion);
    }
}
