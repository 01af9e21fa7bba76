using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary>
/// <c>adapt</c> for engines that a cloud runs. One command per engine, so that each has exactly the options that its users expect.
/// <see cref="AdapterArguments"/> documents the options that mean the same everywhere.
/// </summary>
internal sealed class CloudCommands
{
    /// <summary>Write a script that submits the job to AWS Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this: definition, chunks (of a batch: rows) or merge, as --cli-input-json takes it [default: all, as a script that submits them]</param>
    /// <param name="queue">&lt;QUEUE&gt; Job queue, name or ARN [default: helios]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="efs">&lt;ID&gt; Shared volume: EFS file system fs-…, or fs-…:/directory</param>
    /// <param name="hostPath">&lt;DIR&gt; Shared volume: a directory that every host mounts, instead of --efs</param>
    /// <param name="bucket">&lt;URL&gt; Folder in a bucket, such as s3://bucket/folder/: tasks name the job by its URL and need no volume</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="platform">&lt;PLATFORM&gt; ec2 or fargate [default: ec2]</param>
    /// <param name="executionRole">&lt;ARN&gt; Role that pulls the image and writes the log; Fargate needs one</param>
    /// <param name="jobRole">&lt;ARN&gt; Role that tasks have</param>
    [Command("aws-batch")]
    public int AwsBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? efs = null,
        [HideDefaultValue] string? hostPath = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? platform = null,
        [HideDefaultValue] string? executionRole = null,
        [HideDefaultValue] string? jobRole = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = queue,
            Retries = retries,
            IsSpot = spot,
            Volume = efs,
            OtherVolume = hostPath,
            Mount = mount,
            Bucket = bucket,
            TakesUrls = true,
            JobPath = jobPath,
            Platform = platform,
            ExecutionRole = executionRole,
            Account = jobRole,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.AwsBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a state machine of AWS Step Functions that runs the job on AWS Batch.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="queue">&lt;QUEUE&gt; Job queue, name or ARN [default: helios]</param>
    /// <param name="definition">&lt;NAME&gt; Job definition, as adapt aws-batch registers it [default: --name]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="bucket">&lt;URL&gt; Folder in a bucket, such as s3://bucket/folder/: tasks name the job by its URL and need no volume</param>
    /// <param name="mount">&lt;DIR&gt; Where the job definition mounts the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    [Command("step-functions")]
    public int StepFunctions(
        [Argument] string? job = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? definition = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Place = queue,
            Definition = definition,
            Retries = retries,
            IsSpot = spot,
            Mount = mount,
            Bucket = bucket,
            TakesUrls = true,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.StepFunctions.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Google Cloud Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this job: chunks (of a batch: rows) or merge [default: all, as a script that submits them]</param>
    /// <param name="location">&lt;REGION&gt; Region of the jobs [default: us-central1]</param>
    /// <param name="project">&lt;ID&gt; Project of the jobs [default: the one of gcloud]</param>
    /// <param name="machineType">&lt;TYPE&gt; Machines to run on [default: what fits --cpus and --memory]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="bucket">&lt;BUCKET&gt; With gs://, a folder in a bucket: tasks name the job by its URL and need no volume. Without, a shared volume: a bucket to mount, or bucket/directory</param>
    /// <param name="nfs">&lt;EXPORT&gt; Shared volume: SERVER:/PATH, instead of --bucket</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /mnt/disks/work]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="alpha">Use the v1alpha API, in which the merge waits for the chunks; else the script waits</param>
    [Command("gcp-batch")]
    public int GoogleBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? location = null,
        [HideDefaultValue] string? project = null,
        [HideDefaultValue] string? machineType = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? nfs = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        bool alpha = false) => ErrorBoundary.Run(() =>
    {
        bool isUrl = bucket?.Contains(':', System.StringComparison.Ordinal) == true;
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = location,
            Account = project,
            MachineType = machineType,
            Retries = retries,
            IsSpot = spot,
            Bucket = isUrl ? bucket : null,
            Volume = isUrl ? null : bucket,
            OtherVolume = nfs,
            Mount = mount,
            TakesUrls = true,
            JobPath = jobPath,
            IsAlpha = alpha,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.GoogleBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Azure Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this: job or tasks [default: all, as a script that submits them]</param>
    /// <param name="pool">&lt;ID&gt; Pool [default: helios]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image to run in [default: none, the machine has helios]</param>
    /// <param name="bucket">&lt;URL&gt; Folder in a bucket, such as s3://bucket/folder/: tasks name the job by its URL and need no volume</param>
    /// <param name="share">&lt;PATH&gt; Shared volume: file system of the pool, by its relative mount path [default: work]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name on the share]</param>
    [Command("azure-batch")]
    public int AzureBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? pool = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? share = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = pool,
            Image = image,
            Volume = share,
            Bucket = bucket,
            TakesUrls = true,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.AzureBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a workflow of GitHub Actions.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="runsOn">&lt;LABEL&gt; Runner [default: ubuntu-latest]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image to run in [default: none, the machine has helios]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where the job file is in the repository [default: as given]</param>
    [Command("github-actions")]
    public int GitHubActions(
        [Argument] string? job = null,
        [HideDefaultValue] string? runsOn = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Place = runsOn,
            Image = image,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.GitHubActions.Write);
        return (int)ExitCode.Ok;
    });
}
