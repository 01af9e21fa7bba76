using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Jobs.Receipts;

/// <summary>Reads and writes receipts.</summary>
internal static class ReceiptDocument
{
    private const string Version = "version", JobId = "jobId", ChunkId = "chunkId", StartFrame = "startFrame", FrameCount = "frameCount";
    private const string Size = "size", Digest = "digest", SpecDigest = "specDigest", Helios = "helios", Browser = "browser",
        Encoder = "encoder";
    private const string Seal = "seal", Seam = "seam", Media = "media", Timings = "timings";

    /// <summary>How to fix a receipt.</summary>
    internal const string RenderAgain = "render the chunk again";

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
        ReceiptTimings? timings = null;
        var tokens = new JsonTokens(stream, name);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject) throw tokens.Fail("the receipt is not an object", RenderAgain);
        for (tokens.Read(); tokens.Type != JsonTokenType.EndObject; tokens.Read())
        {
            string member = tokens.GetText();
            tokens.Read();
            string path = "$." + member;
            switch (member)
            {
                case Version: version = ReadVersion(ref tokens, problems, path); break;
                case JobId: jobId = JobValues.ReadString(ref tokens, problems, path); break;
                case ChunkId: chunkId = JobValues.ReadInteger(ref tokens, problems, path, 0, ChunkPlan.MaxChunks); break;
                case StartFrame: startFrame = JobValues.ReadInteger(ref tokens, problems, path, 0, 2 * FrameRange.MaxFrames); break;
                case FrameCount: frameCount = JobValues.ReadInteger(ref tokens, problems, path, 1, FrameRange.MaxFrames); break;
                case Size: size = JobValues.ReadInteger(ref tokens, problems, path, 0, long.MaxValue); break;
                case Digest: digest = JobValues.ReadString(ref tokens, problems, path)?.ToLowerInvariant(); break;
                case SpecDigest: specDigest = JobValues.ReadString(ref tokens, problems, path)?.ToLowerInvariant(); break;
                case Helios: helios = JobValues.ReadString(ref tokens, problems, path); break;
                case Browser: browser = JobValues.ReadString(ref tokens, problems, path); break;
                case Encoder: encoder = JobValues.ReadString(ref tokens, problems, path); break;
                case Seal: seal = SealDocument.Read(ref tokens, problems, path); break;
                case Seam: seam = SealDocument.ReadSeam(ref tokens, problems, path); break;
                case Media: media = MediaDocument.Read(ref tokens); break;
                case Timings: timings = TimingsDocument.Read(ref tokens); break;
                default: JsonCopy.CopyValue(ref tokens, null); break;
            }
        }

        tokens.ReadEnd();
        bool isWhole = problems.HasAll("the receipt", RenderAgain, (Version, version), (JobId, jobId), (ChunkId, chunkId),
            (StartFrame, startFrame), (FrameCount, frameCount), (Size, size), (Digest, digest), (SpecDigest, specDigest));
        if (isWhole && version > Receipt.FirstVersion) _ = problems.HasAll("the receipt", RenderAgain, (Seal, seal), (Seam, seam));
        problems.ThrowIfAny();
        return new Receipt
        {
            Version = (int)version!,
            JobId = jobId!,
            ChunkId = (int)chunkId!,
            StartFrame = startFrame!.Value,
            FrameCount = frameCount!.Value,
            Size = size!.Value,
            Digest = digest!,
            SpecDigest = specDigest!,
            Helios = helios ?? "",
            Browser = browser ?? "",
            Encoder = encoder ?? "",
            Seal = version > Receipt.FirstVersion ? seal : null,
            Seam = version > Receipt.FirstVersion ? seam : null,
            Media = media?.Count > 0 ? [.. media] : null,
            Timings = timings,
        };
    }

    private static long? ReadVersion(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out long later) && later > Receipt.SchemaVersion)
        {
            throw tokens.Fail(string.Create(CultureInfo.InvariantCulture, $"the receipt is of version {later}, which a later helios wrote"),
                "use that helios, or render the chunk again");
        }

        return JobValues.ReadInteger(ref tokens, problems, path, Receipt.FirstVersion, Receipt.SchemaVersion);
    }

    /// <summary>A receipt, indented, with a newline at the end.</summary>
    internal static ReadOnlyMemory<byte> ToText(Receipt receipt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JobJson.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber(Version, receipt.Version);
            json.WriteString(JobId, receipt.JobId);
            json.WriteNumber(ChunkId, receipt.ChunkId);
            json.WriteNumber(StartFrame, receipt.StartFrame);
            json.WriteNumber(FrameCount, receipt.FrameCount);
            json.WriteNumber(Size, receipt.Size);
            json.WriteString(Digest, receipt.Digest);
            json.WriteString(SpecDigest, receipt.SpecDigest);
            json.WriteString(Helios, receipt.Helios);
            json.WriteString(Browser, receipt.Browser);
            json.WriteString(Encoder, receipt.Encoder);
            if (receipt.VideoEncoder is not null) json.WriteString("videoEncoder", receipt.VideoEncoder);
            RenderOptionsMembers.WriteTexts(json, RenderOptionsMembers.EncoderOptions, receipt.EncoderOptions.All);
            if (receipt.Seal is not null) SealDocument.Write(json, Seal, receipt.Seal);
            if (receipt.Seam is not null) SealDocument.Write(json, Seam, receipt.Seam);
            if (receipt.Media is not null) MediaDocument.Write(json, Media, receipt.Media);
            if (receipt.Timings is not null)
            {
                json.WritePropertyName(Timings);
                TimingsJson.Write(json, receipt.Timings);
            }

            if (receipt.Preroll is not null)
            {
                json.WritePropertyName("preroll"u8);
                TimingsJson.Write(json, receipt.Preroll);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
