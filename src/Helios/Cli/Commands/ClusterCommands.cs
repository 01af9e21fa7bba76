using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary><c>adapt</c> for engines that users run themselves; see <see cref="CloudCommands"/>.</summary>
internal sealed class ClusterCommands
{
    /// <summary>Write Kubernetes Jobs: an Indexed Job for the chunks and a Job for the merge, or one JobSet.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this Job: chunks (of a batch: rows) or merge [default: all; the merge is suspended]</param>
    /// <param name="namespace">&lt;NAME&gt; Namespace [default: the one of kubectl]</param>
    /// <param name="claim">&lt;NAME&gt; Shared volume: PersistentVolumeClaim that many pods can write [default: helios]</param>
    /// <param name="bucket">&lt;URL&gt; Folder in a bucket, such as s3://bucket/folder/: tasks name the job by its URL and need no volume</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="jobset">Write one JobSet, in which the merge waits for the chunks</param>
    /// <param name="nodeSelector">&lt;LABELS&gt; Nodes to run on, key=value, several with commas between</param>
    /// <param name="serviceAccount">&lt;NAME&gt; Service account of the pods</param>
    [Command("kubernetes")]
    public int Kubernetes(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? @namespace = null,
        [HideDefaultValue] string? claim = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        bool jobset = false,
        [HideDefaultValue] string? nodeSelector = null,
        [HideDefaultValue] string? serviceAccount = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = @namespace,
            Volume = claim,
            Mount = mount,
            Bucket = bucket,
            TakesUrls = true,
            JobPath = jobPath,
            IsJobSet = jobset,
            NodeSelector = nodeSelector,
            Account = serviceAccount,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Kubernetes.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write an Argo Workflow.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="namespace">&lt;NAME&gt; Namespace [default: the one of kubectl]</param>
    /// <param name="claim">&lt;NAME&gt; Shared volume: PersistentVolumeClaim that many pods can write [default: helios]</param>
    /// <param name="bucket">&lt;URL&gt; Folder in a bucket, such as s3://bucket/folder/: tasks name the job by its URL and need no volume</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="nodeSelector">&lt;LABELS&gt; Nodes to run on, key=value, several with commas between</param>
    /// <param name="serviceAccount">&lt;NAME&gt; Service account of the pods</param>
    [Command("argo")]
    public int Argo(
        [Argument] string? job = null,
        [HideDefaultValue] string? @namespace = null,
        [HideDefaultValue] string? claim = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? nodeSelector = null,
        [HideDefaultValue] string? serviceAccount = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Place = @namespace,
            Volume = claim,
            Mount = mount,
            Bucket = bucket,
            TakesUrls = true,
            JobPath = jobPath,
            NodeSelector = nodeSelector,
            Account = serviceAccount,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Argo.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Slurm, or one of its batch scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this batch script: chunks (of a batch: rows) or merge [default: all, as a script that submits them]</param>
    /// <param name="partition">&lt;NAME&gt; Partition [default: the cluster's]</param>
    /// <param name="account">&lt;NAME&gt; Account [default: the user's]</param>
    /// <param name="qos">&lt;NAME&gt; Quality of service [default: the cluster's]</param>
    /// <param name="constraint">&lt;FEATURES&gt; Features of nodes to run on, as sbatch takes them</param>
    /// <param name="maxArraySize">&lt;N&gt; MaxArraySize of the cluster, as scontrol show config says [default: 1001]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("slurm")]
    public int Slurm(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? partition = null,
        [HideDefaultValue] string? account = null,
        [HideDefaultValue] string? qos = null,
        [HideDefaultValue] string? constraint = null,
        [HideDefaultValue] string? maxArraySize = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = partition,
            Account = account,
            QualityOfService = qos,
            NodeSelector = constraint,
            MaxArraySize = maxArraySize,
            TakesUrls = true,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Slurm.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write an Open Job Description template, for AWS Deadline Cloud.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="targetTime">&lt;TIME&gt; Have the scheduler deal chunks to tasks that take about as long (TASK_CHUNKING): 5m</param>
    /// <param name="jobPath">&lt;PATH&gt; Where workers see the job file on storage that they share [default: in the directory that the job brings along]</param>
    [Command("openjd")]
    public int OpenJobDescription(
        [Argument] string? job = null,
        [HideDefaultValue] string? targetTime = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            TargetTime = targetTime,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.OpenJobDescription.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a makefile for GNU make, for one machine.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("make")]
    public int Makefile(
        [Argument] string? job = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            TakesUrls = true,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Makefile.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write the job format of the Node.js Helios CLI, for its job run.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("helios-node")]
    public int HeliosNode(
        [Argument] string? job = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            JobPath = jobPath,
        };
        AdapterFiles.WriteHeliosNode(job!, arguments);
        return (int)ExitCode.Ok;
    });
}
