using System;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Plan;

/// <summary>
/// Turns a request into a job spec. The result depends only on the request, the current directory and the bytes of composition and
/// audio files.
/// </summary>
internal static class JobPlanner
{
    /// <param name="request">The request.</param>
    /// <param name="currentDirectory">Absolute; base of relative paths.</param>
    /// <param name="open">Opens the composition by its absolute path and its name for messages.</param>
    internal static JobPlan Plan(JobRequest request, string currentDirectory, Func<string, string, Stream> open)
    {
        string jobDirectory = JobDirectory(request, currentDirectory);
        ChunkPlan chunks = ChunkPlanner.Plan(request.Frames, request.Split, request.SplitNumber, request.Cost);
        Composition composition = CompositionReader.Read(request, currentDirectory, jobDirectory, open);
        if (request.RenderOptions.Capture == CaptureMode.Paint && CompositionUrl.IsOnNet(composition.Url))
        {
            throw new HeliosException(ExitCode.Usage, "a composition on the net cannot be captured by paint", "--capture",
                "use --capture screenshot, or a local copy");
        }

        var spec = new JobSpec
        {
            Version = JobSpec.SchemaVersion,
            JobId = request.JobId?.ToString() ?? "",
            Composition = composition.Url,
            CompositionDigest = composition.Digest,
            Root = RootPlanner.Plan(request, composition, currentDirectory, jobDirectory),
            Output = ResolveOutput(request, currentDirectory, jobDirectory),
            TotalFrames = request.Frames.Count,
            RenderOptions = request.RenderOptions with
            {
                Audio = AudioPlanner.Plan(request, currentDirectory, jobDirectory, open),
                Fonts = FontPlanner.Plan(request, composition, currentDirectory, jobDirectory),
            },
            Cost = request.Cost,
        };
        return Finish(new JobPlan(spec, chunks, ChunkFileNames.For(spec)), spec, request);
    }

    /// <summary>The plan of another job that differs in nothing but its output, props and id.</summary>
    /// <param name="plan">A plan.</param>
    /// <param name="request">The request of the other one.</param>
    /// <param name="currentDirectory">Absolute.</param>
    internal static JobPlan Vary(JobPlan plan, JobRequest request, string currentDirectory)
    {
        JobSpec spec = plan.Spec with
        {
            JobId = request.JobId?.ToString() ?? "",
            Output = ResolveOutput(request, currentDirectory, JobDirectory(request, currentDirectory)),
            RenderOptions = plan.Spec.RenderOptions with { Props = request.RenderOptions.Props },
        };
        return Finish(plan, spec, request);
    }

    /// <summary>Absolute directory of the final video and the chunks.</summary>
    internal static string OutputDirectory(JobRequest request, string currentDirectory) =>
        Path.GetDirectoryName(Path.GetFullPath(request.Output, currentDirectory)) ?? currentDirectory;

    private static string JobDirectory(JobRequest request, string currentDirectory) => request.JobFile is null
        ? currentDirectory
        : Path.GetDirectoryName(Path.GetFullPath(request.JobFile, currentDirectory)) ?? currentDirectory;

    /// <summary>Checks a spec, and gives it the id that it lacks.</summary>
    private static JobPlan Finish(JobPlan plan, JobSpec spec, JobRequest request)
    {
        if (spec.Composition.Length > JobValues.MaxPathLength || spec.Output.Length > JobValues.MaxPathLength)
        {
            throw new HeliosException(
                ExitCode.Usage, $"a path or URL is longer than {JobValues.MaxPathLength} characters", "command line", "use a shorter one");
        }

        if (request.JobId is null) spec = spec with { JobId = DeriveId(spec).ToString() };
        return plan with { Spec = spec, ChunkFiles = ChunkFileNames.For(spec) };
    }

    /// <summary>The digest covers what decides a chunk: with other audio the chunks stay the same.</summary>
    private static JobId DeriveId(JobSpec spec)
    {
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes(JobJson.DigestOf(spec) + spec.Output));
        return JobId.FromRandom(new Guid(Convert.FromHexString(hash.Finish().AsSpan(0, 32))));
    }

    private static string ResolveOutput(JobRequest request, string currentDirectory, string jobDirectory)
    {
        string full = Path.GetFullPath(request.Output, currentDirectory);
        string output = request.ToSpecPath(full, jobDirectory,
            $"the output stays below the job file's directory, but \"{request.Output}\" is not", "--output", above: "the output");
        return JobPaths.CheckFile(output) is string what
            ? throw new HeliosException(ExitCode.Usage, $"\"{request.Output}\" is not a file that helios can write: {what}", "--output",
                "give a path such as out/video.mp4")
            : output;
    }
}
