using ConsoleAppFramework;
using Helios.Errors;
using Helios.Os;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>Jobs in a store. Parameters are text for the same reason as in <see cref="JobCommands"/>.</summary>
internal sealed class StoreCommands
{
    /// <summary>Upload a job or a batch, and its project, to a folder of a bucket, for workers that name it by its URL. Prints that URL.</summary>
    /// <param name="job">&lt;job&gt; Job spec or folder of a batch, planned with --portable, or - for standard input</param>
    /// <param name="folder">&lt;folder&gt; s3://bucket/folder/, gs://…, az://account/container/…, rclone:remote:…</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to the store [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    /// <param name="quiet">-q, No summary</param>
    [Command("push")]
    public int Push(
        [Argument] string? job = null,
        [Argument] string? folder = null,
        [HideDefaultValue] string? transfer = null,
        bool quiet = false) => ErrorBoundary.Run(() =>
    {
        string url = BatchSource.IsBatch(job!)
            ? BatchPush.Run(new BatchSource(job!, workdir: null), folder!, transfer, Note)
            : JobPush.Run(new JobSource(job!, workdir: null), folder!, transfer, Note);
        StandardStreams.WriteOutput(url + "\n");
        return (int)ExitCode.Ok;

        void Note(string text)
        {
            if (!quiet) StandardStreams.WriteError(ErrorText.OneLine(text));
        }
    });
}
