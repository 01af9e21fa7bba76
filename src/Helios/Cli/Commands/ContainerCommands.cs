using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary><c>adapt</c> for engines whose jobs do not wait for each other, so that scripts wait; see <see cref="CloudCommands"/>.</summary>
internal sealed class ContainerCommands
{
    /// <summary>Write a script that submits the job to Google Cloud Run jobs, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this job: chunks (of a batch: rows) or merge [default: all, as a script that submits them and waits]</param>
    /// <param name="region">&lt;REGION&gt; Region of the jobs [default: us-central1]</param>
    /// <param name="project">&lt;ID&gt; Project of the jobs [default: the one of gcloud]</param>
    /// <param name="bucket">&lt;BUCKET&gt; Shared volume: Cloud Storage bucket, or bucket/directory</param>
    /// <param name="nfs">&lt;EXPORT&gt; Shared volume: SERVER:/PATH, instead of --bucket</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /mnt/work]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="serviceAccount">&lt;EMAIL&gt; Service account of the tasks [default: the project's]</param>
    [Command("cloud-run")]
    public int CloudRun(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? region = null,
        [HideDefaultValue] string? project = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? nfs = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? serviceAccount = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = region,
            Account = project,
            Volume = bucket,
            OtherVolume = nfs,
            Mount = mount,
            JobPath = jobPath,
            ExecutionRole = serviceAccount,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.CloudRun.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Nomad, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this job: chunks (of a batch: rows) or merge, as nomad job run -json takes it [default: all, as a script that submits them and waits]</param>
    /// <param name="datacenter">&lt;NAME&gt; Datacenter [default: any]</param>
    /// <param name="namespace">&lt;NAME&gt; Namespace [default: the one of nomad]</param>
    /// <param name="hostVolume">&lt;NAME&gt; Shared volume: a host volume of every client</param>
    /// <param name="csiVolume">&lt;ID&gt; Shared volume: a CSI volume that many nodes can write, instead of --host-volume</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    [Command("nomad")]
    public int Nomad(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? datacenter = null,
        [HideDefaultValue] string? @namespace = null,
        [HideDefaultValue] string? hostVolume = null,
        [HideDefaultValue] string? csiVolume = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = datacenter,
            Account = @namespace,
            Volume = hostVolume,
            OtherVolume = csiVolume,
            Mount = mount,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Nomad.Write);
        return (int)ExitCode.Ok;
    });
}
