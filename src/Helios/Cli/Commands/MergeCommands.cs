using ConsoleAppFramework;
using Helios.Cli.Options;
using Helios.Run;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>
/// The command that makes one video of the chunks. Parameters are text for the same reason as in <see cref="JobCommands"/>.
/// </summary>
internal sealed class MergeCommands
{
    /// <summary>Merge the chunks of a job into its video. Refuses chunks that are missing, wrong or of another job; replaces the output only by a video that was verified.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), or - for standard input</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="root">&lt;DIR&gt; Project directory, where what the page plays is found [default: the job's]</param>
    /// <param name="ffmpeg">&lt;PATH&gt; ffmpeg [default: HELIOS_FFMPEG, else ffmpeg on PATH]</param>
    /// <param name="allowMixed">Merge chunks although versions, processors, fonts, files or seams differ</param>
    /// <param name="allowChanged">Take audio files, and chunks of files, that changed since they were planned or rendered</param>
    /// <param name="deleteChunks">Delete the chunk files and their receipts after the merge</param>
    /// <param name="then">&lt;WORD…&gt; Program to run when the video is in its place; repeated, its arguments; it has HELIOS_JOB_ID, HELIOS_OUTPUT, HELIOS_DIGEST and HELIOS_FRAMES</param>
    /// <param name="thenOptional">A program of --then that fails is a warning, not 75</param>
    /// <param name="thenTimeout">&lt;SECONDS&gt; Longest time of that program, 1..86400 [default: 600]</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to and from the store of a job's URL [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    /// <param name="progress">&lt;MODE&gt; auto, json, plain or none, on stderr [default: auto]</param>
    /// <param name="quiet">-q, No progress, no summary</param>
    [Command("merge-chunks")]
    public int MergeChunks(
        [Argument] string? job = null,
        [HideDefaultValue] string? workdir = null,
        [HideDefaultValue] string? root = null,
        [HideDefaultValue] string? ffmpeg = null,
        bool allowMixed = false,
        bool allowChanged = false,
        bool deleteChunks = false,
        [HideDefaultValue] string? then = null,
        bool thenOptional = false,
        [HideDefaultValue] string? thenTimeout = null,
        [HideDefaultValue] string? transfer = null,
        [HideDefaultValue] string? progress = null,
        bool quiet = false) => ErrorBoundary.Run(progress, quiet, sink =>
    {
        var arguments = new MergeArguments
        {
            Root = root,
            Ffmpeg = ffmpeg,
            AllowsMixed = allowMixed,
            AllowsChanged = allowChanged,
            DeletesChunks = deleteChunks,
        };
        ThenProgram? program = new ThenArguments(then, thenOptional, thenTimeout).Find(sink.Warn);
        using StoredJob? stored = StoredJob.Open(job!, transfer, workdir);
        JobSource source = stored?.Source ?? new JobSource(job!, workdir);
        JobMerge.Run(source, interrupts => arguments.ToSettings(source.Directory, interrupts, sink.Warn), sink, program, stored);
    });
}
