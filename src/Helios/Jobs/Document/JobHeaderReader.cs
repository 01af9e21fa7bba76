using System;
using System.Collections.Generic;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads the members of a job spec other than its chunks, one by one in any order, and checks that they agree.</summary>
internal sealed class JobHeaderReader(JobProblems problems)
{
    private readonly HashSet<string> _seen = [];
    private readonly JobDraft _draft = new();

    /// <summary>Whether every member that this spec needs has been read, so that chunks can be checked against them.</summary>
    internal bool IsComplete =>
        Array.TrueForAll(JobMembers.All.Required, _seen.Contains)
        && (_draft.CompositionDigest is not null || (_draft.Composition is not null && CompositionUrl.IsOnNet(_draft.Composition)));

    /// <summary>Records a member name; a repeated one aborts the reading.</summary>
    internal void Note(ref JsonTokens tokens, string name) => tokens.CheckMember(_seen.Add(name), _seen.Count, name);

    /// <summary>Reads the value of a member whose name is current.</summary>
    internal void ReadMember(ref JsonTokens tokens, string name) => JobMembers.All.ReadMember(ref tokens, problems, "$", name, _draft);

    /// <summary>Checks for missing members and whether the members agree; null after a problem.</summary>
    internal JobSpec? Build()
    {
        JobValues.ReportMissing(problems, "$", JobMembers.All.Required, _seen.Contains);
        if (_draft is not
            { JobId: { } jobId, Composition: { } composition, Output: { } output, TotalFrames: { } totalFrames, RenderOptions: { } draft })
        {
            return null;
        }

        CheckDigest(composition);
        if (_draft.Root is not null && CompositionUrl.IsOnNet(composition))
            problems.Add("$." + JobMembers.Root, "$.root is for a local composition, but this one is on the net", "remove it");
        RenderOptions? options = draft.ToOptions(problems, output, totalFrames);
        if (options is null || !problems.IsEmpty) return null;

        return new JobSpec
        {
            Version = JobSpec.SchemaVersion,
            JobId = jobId,
            Composition = composition,
            CompositionDigest = _draft.CompositionDigest,
            Root = _draft.Root,
            Output = output,
            TotalFrames = totalFrames,
            RenderOptions = options,
            Cost = _draft.Cost,
        };
    }

    private void CheckDigest(string composition)
    {
        const string Path = "$." + JobMembers.Digest;
        bool isOnNet = CompositionUrl.IsOnNet(composition);
        if (isOnNet && _draft.CompositionDigest is not null)
            problems.Add(Path, Path + " pins a local file, but the composition is on the net", "remove it");
        if (!isOnNet && _draft.CompositionDigest is null)
            problems.Add(Path, Path + " is missing: a local composition is pinned", JobMembers.Rewrite);
    }
}
