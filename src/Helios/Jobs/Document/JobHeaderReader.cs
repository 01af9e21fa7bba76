using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>
/// Reads the members of a job spec other than its chunks, one by one in any order, and checks that they agree.
/// </summary>
internal sealed class JobHeaderReader(JobProblems problems)
{
    private readonly HashSet<string> _seen = [];
    private readonly JobDraft _draft = new();

    /// <summary>Whether every member that this spec needs has been read, so that chunks can be checked against them.</summary>
    internal bool IsComplete =>
        Array.TrueForAll(JobMembers.All.Required, _seen.Contains)
        && (_draft.CompositionDigest is not null || (_draft.Composition is not null && CompositionUrl.IsOnNet(_draft.Composition)));

    /// <summary>Notes a member name; a repeated one ends the reading.</summary>
    internal void Note(ref JsonTokens tokens, string name) => tokens.CheckMember(_seen.Add(name), _seen.Count, name);

    /// <summary>Reads the value of a member whose name is current.</summary>
    internal void ReadMember(ref JsonTokens tokens, string name) => JobMembers.All.ReadMember(ref tokens, problems, "$", name, _draft);

    /// <summary>Checks what is missing and whether the members agree; null after a problem.</summary>
    internal JobSpec? Build()
    {
        JobValues.ReportMissing(problems, "$", JobMembers.All.Required, _seen.Contains);
        if (_draft is not { JobId: { } jobId, Composition: { } composition, Output: { } output, TotalFrames: { } totalFrames, RenderOptions: { } options }) return null;

        CheckDigest(composition);
        CheckTime(options, totalFrames);
        if (RenderRules.Check(options, output) is Finding finding)
            problems.Add(PathOf(finding.Member), $"{PathOf(finding.Member)}: {finding.What}", finding.Fix);
        if (!problems.IsEmpty) return null;

        return new JobSpec
        {
            Version = JobSpec.SchemaVersion,
            JobId = jobId,
            Composition = composition,
            CompositionDigest = _draft.CompositionDigest,
            Output = output,
            TotalFrames = totalFrames,
            RenderOptions = options,
        };
    }

    private static string PathOf(string member) => member == JobMembers.Output ? $"$.{member}" : $"{RenderOptionsMembers.Path}.{member}";

    private void CheckDigest(string composition)
    {
        const string Path = "$." + JobMembers.Digest;
        bool isOnNet = CompositionUrl.IsOnNet(composition);
        if (isOnNet && _draft.CompositionDigest is not null)
            problems.Add(Path, Path + " pins a local file, but the composition is on the net", "remove it");
        if (!isOnNet && _draft.CompositionDigest is null)
            problems.Add(Path, Path + " is missing: a local composition is pinned", JobMembers.Rewrite);
    }

    private void CheckTime(RenderOptions options, long totalFrames)
    {
        const string Parent = RenderOptionsMembers.Path;
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

    private void Add(string path, string what) => problems.Add(path, what, "mend the value, or " + JobMembers.Rewrite);
}
