using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>The job spec as read so far, other than its chunks.</summary>
internal sealed class JobDraft
{
    internal string? JobId { get; set; }

    internal string? Composition { get; set; }

    internal string? CompositionDigest { get; set; }

    internal string? Root { get; set; }

    internal string? Output { get; set; }

    internal long? TotalFrames { get; set; }

    internal RenderOptionsDraft? RenderOptions { get; set; }

    internal ChunkCost? Cost { get; set; }
}

/// <summary>The members of a job spec. The chunks are the last one, and are read and written one by one.</summary>
internal static class JobMembers
{
    internal const string Composition = "composition", Digest = "compositionDigest", Root = "root", Output = "output";
    internal const string Frames = "totalFrames", Options = "renderOptions", Chunks = "chunks";

    internal const string ChunksPath = "$." + Chunks;

    /// <summary>The advice for most mistakes.</summary>
    internal const string Rewrite = "write the spec again with helios export-job";

    internal static readonly MemberTable<JobDraft, JobSpec> All = new(
        new("version", ReadVersion, static (json, name, spec) => json.WriteNumber(name, spec.Version)),
        new("jobId", ReadJobId, static (json, name, spec) => json.WriteString(name, spec.JobId)),
        new(Composition, ReadComposition, static (json, name, spec) => json.WriteString(name, spec.Composition)),
        new(Digest, ReadDigest, WriteDigest, isRequired: false),
        new(Root, ReadRoot, WriteRoot, isRequired: false),
        new(Output, ReadOutput, static (json, name, spec) => json.WriteString(name, spec.Output)),
        new(Frames,
            static (ref tokens, problems, path, draft) =>
                draft.TotalFrames = JobValues.ReadInteger(ref tokens, problems, path, 1, FrameRange.MaxFrames),
            static (json, name, spec) => json.WriteNumber(name, spec.TotalFrames)),
        new(Options,
            static (ref tokens, problems, path, draft) => draft.RenderOptions = RenderOptionsMembers.Read(ref tokens, problems),
            static (json, name, spec) => RenderOptionsMembers.Write(json, name, spec.RenderOptions)),
        new("cost",
            static (ref tokens, problems, path, draft) => draft.Cost = CostDocument.Read(ref tokens, problems, path),
            static (json, name, spec) =>
            {
                if (spec.Cost is not null) CostDocument.Write(json, name, spec.Cost);
            },
            isRequired: false),
        new(Chunks,
            static (ref tokens, problems, path, draft) => JobValues.Report(ref tokens, problems, path, "an array"),
            static (json, name, spec) => { }, isRequired: false)); // JobReader reads them, JobWriter writes them

    /// <summary>Another version may have any structure, so nothing else is checked.</summary>
    private static void ReadVersion(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out long version) && version > JobSpec.SchemaVersion)
        {
            throw new HeliosException(ExitCode.Invalid,
                string.Create(CultureInfo.InvariantCulture, $"{path} is {version}, expected {JobSpec.SchemaVersion}"),
                tokens.Name, "use the newer helios that wrote it");
        }

        JobValues.ReadInteger(ref tokens, problems, path, JobSpec.SchemaVersion, JobSpec.SchemaVersion);
    }

    private static void ReadJobId(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        draft.JobId = JobValues.ReadString(ref tokens, problems, path);
        if (draft.JobId is not null && !JobId.TryParse(draft.JobId, out _))
            Add(problems, path, $"{path} is \"{ErrorText.OneLine(draft.JobId)}\", expected {JobId.Expected}");
    }

    private static void ReadComposition(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        draft.Composition = JobValues.ReadString(ref tokens, problems, path);
        if (draft.Composition is not null && CompositionUrl.Check(draft.Composition) is string what)
            Add(problems, path, $"{path} is \"{ErrorText.OneLine(draft.Composition)}\": {what}");
    }

    private static void ReadDigest(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        draft.CompositionDigest = JobValues.ReadString(ref tokens, problems, path);
        if (draft.CompositionDigest is not null && !JobValues.IsDigest(draft.CompositionDigest))
            Add(problems, path, $"{path} is \"{ErrorText.OneLine(draft.CompositionDigest)}\", expected {JobValues.ExpectedDigest}");
    }

    private static void WriteDigest(Utf8JsonWriter json, string name, JobSpec spec)
    {
        if (spec.CompositionDigest is not null) json.WriteString(name, spec.CompositionDigest);
    }

    private static void ReadRoot(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        draft.Root = JobValues.ReadString(ref tokens, problems, path);
        if (draft.Root is not (null or ".") && JobPaths.CheckFile(draft.Root) is string wrong)
            Add(problems, path, $"{path} is \"{ErrorText.OneLine(draft.Root)}\": {wrong}");
    }

    private static void WriteRoot(Utf8JsonWriter json, string name, JobSpec spec)
    {
        if (spec.Root is not null) json.WriteString(name, spec.Root);
    }

    private static void ReadOutput(ref JsonTokens tokens, JobProblems problems, string path, JobDraft draft)
    {
        draft.Output = JobValues.ReadString(ref tokens, problems, path);
        if (draft.Output is not null && JobPaths.CheckFile(draft.Output) is string wrong)
            Add(problems, path, $"{path} is \"{ErrorText.OneLine(draft.Output)}\": {wrong}");
    }

    private static void Add(JobProblems problems, string path, string what) => problems.Add(path, what, "fix the value, or " + Rewrite);
}
