using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Reads the members of a job spec other than its chunks, one by one in any order, and checks that they agree.
/// </summary>
internal sealed class JobHeaderReader(JobProblems problems)
{
    internal static readonly string[] Required = ["version", "jobId", "composition", "output", "totalFrames", "renderOptions"];

    internal static readonly string[] Known = [.. Required, "compositionDigest", "chunks"];

    private const string Rewrite = "write the spec again with helios export-job";

    private readonly HashSet<string> _seen = [];
    private string? _jobId;
    private string? _composition;
    private string? _digest;
    private string? _output;
    private long? _totalFrames;
    private RenderOptions? _options;

    /// <summary>Whether every member that this spec needs has been read, so that chunks can be checked against them.</summary>
    internal bool IsComplete
    {
        get
        {
            foreach (string name in Required)
                if (!_seen.Contains(name)) return false;
            return _digest is not null || (_composition is not null && CompositionUrl.IsOnNet(_composition));
        }
    }

    /// <summary>Notes a member name; a repeated one ends the reading.</summary>
    internal void Note(ref JsonTokens tokens, string name) => tokens.CheckMember(_seen.Add(name), _seen.Count, name);

    /// <summary>Reads the value of a member whose name is current.</summary>
    internal void ReadMember(ref JsonTokens tokens, string name)
    {
        if (Array.IndexOf(Known, name) < 0)
        {
            JobValues.SkipUnknown(ref tokens, problems, $"$.{name}", name, Known);
            return;
        }

        tokens.Read();
        string path = "$." + name;
        switch (name)
        {
            case "version":
                ReadVersion(ref tokens);
                break;
            case "jobId":
                _jobId = JobValues.ReadString(ref tokens, problems, path);
                if (_jobId is not null && !JobId.TryParse(_jobId, out _))
                    Add(path, $"{path} is \"{ErrorText.OneLine(_jobId)}\", expected {JobId.Expected}");
                break;
            case "composition":
                _composition = JobValues.ReadString(ref tokens, problems, path);
                if (_composition is not null && CompositionUrl.Check(_composition) is string what)
                    Add(path, $"{path} is \"{ErrorText.OneLine(_composition)}\": {what}");
                break;
            case "compositionDigest":
                _digest = JobValues.ReadString(ref tokens, problems, path);
                if (_digest is not null && !JobValues.IsDigest(_digest)) Add(path, $"{path} is \"{ErrorText.OneLine(_digest)}\", expected {JobValues.ExpectedDigest}");
                break;
            case "output":
                _output = JobValues.ReadString(ref tokens, problems, path);
                if (_output is not null && JobPaths.CheckFile(_output) is string wrong)
                    Add(path, $"{path} is \"{ErrorText.OneLine(_output)}\": {wrong}");
                break;
            case "totalFrames":
                _totalFrames = JobValues.ReadInteger(ref tokens, problems, path, 1, FrameRange.MaxFrames);
                break;
            default:
                _options = new RenderOptionsReader(problems).Read(ref tokens);
                break;
        }
    }

    /// <summary>Checks what is missing and whether the members agree; null after a problem.</summary>
    internal JobSpec? Build()
    {
        JobValues.ReportMissing(problems, "$", Required, _seen.Contains);
        if (_jobId is null || _composition is null || _output is null || _totalFrames is null || _options is null) return null;

        CheckDigest();
        CheckTime(_options, _totalFrames.Value);
        if (RenderRules.Check(_options, _output) is Finding finding)
            problems.Add(PathOf(finding.Member), $"{PathOf(finding.Member)}: {finding.What}", finding.Fix);
        if (!problems.IsEmpty) return null;

        return new JobSpec
        {
            Version = JobSpec.SchemaVersion,
            JobId = _jobId,
            Composition = _composition,
            CompositionDigest = _digest,
            Output = _output,
            TotalFrames = _totalFrames.Value,
            RenderOptions = _options,
        };
    }

    private static string PathOf(string member) => member == "output" ? "$.output" : $"{RenderOptionsReader.Path}.{member}";

    /// <summary>Another version may mean anything, so nothing else is looked at.</summary>
    private void ReadVersion(ref JsonTokens tokens)
    {
        if (tokens.Type == JsonTokenType.Number && tokens.TryGetInt64(out long version) && version > JobSpec.SchemaVersion)
        {
            throw new HeliosException(ExitCode.Invalid,
                string.Create(CultureInfo.InvariantCulture, $"$.version is {version}, expected {JobSpec.SchemaVersion}"),
                tokens.Name, "use the newer helios that wrote it");
        }

        JobValues.ReadInteger(ref tokens, problems, "$.version", JobSpec.SchemaVersion, JobSpec.SchemaVersion);
    }

    private void CheckDigest()
    {
        bool isOnNet = CompositionUrl.IsOnNet(_composition!);
        if (isOnNet && _digest is not null)
            problems.Add("$.compositionDigest", "$.compositionDigest pins a local file, but the composition is on the net", "remove it");
        if (!isOnNet && _digest is null)
            problems.Add("$.compositionDigest", "$.compositionDigest is missing: a local composition is pinned", Rewrite);
    }

    private void CheckTime(RenderOptions options, long totalFrames)
    {
        const string Parent = RenderOptionsReader.Path;
        if (!FrameRate.TryParse(options.FrameRate, out FrameRate rate) || rate.ToString() != options.FrameRate)
        {
            Add($"{Parent}.frameRate", $"{Parent}.frameRate is \"{ErrorText.OneLine(options.FrameRate)}\", expected a fraction in lowest terms such as 30/1 or 30000/1001");
            return;
        }

        if (options.Fps != rate.ToNumber())
            Add($"{Parent}.fps", string.Create(CultureInfo.InvariantCulture, $"{Parent}.fps is {options.Fps}, but frameRate {options.FrameRate} is {rate.ToDisplay()}"));
        if (!Duration.TryFromSeconds(options.Duration, out Duration duration))
            Add($"{Parent}.duration", string.Create(CultureInfo.InvariantCulture, $"{Parent}.duration is {options.Duration}, expected seconds above 0, at most {Duration.MaxSeconds}, with up to nine decimals"));
        else if (duration.ToFrames(rate) != totalFrames)
            Add("$.totalFrames", string.Create(CultureInfo.InvariantCulture, $"$.totalFrames is {totalFrames}, but {options.Duration} s at {options.FrameRate} are {duration.ToFrames(rate)} frames"));
    }

    private void Add(string path, string what) => problems.Add(path, what, "mend the value, or " + Rewrite);
}
