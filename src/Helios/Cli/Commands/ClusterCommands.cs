using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary><c>adapt</c> for engines that users run themselves; see <see cref="CloudCommands"/>.</summary>
internal sealed class ClusterCommands
{
    /// <summary>Write Kubernetes Jobs: an Indexed Job for the chunks and a Job for the merge, or one JobSet.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this Job: chunks or merge [default: all; the merge is suspended]</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="namespace">&lt;NAME&gt; Namespace [default: the one of kubectl]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image with helios, chromium-headless-shell and ffmpeg on PATH [default: helios]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="claim">&lt;NAME&gt; Shared volume: PersistentVolumeClaim that many pods can write [default: helios]</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="jobset">Write one JobSet, in which the merge waits for the chunks</param>
    /// <param name="nodeSelector">&lt;LABELS&gt; Nodes to run on, key=value, several with commas between</param>
    /// <param name="architecture">&lt;NAME&gt; Processors of the nodes: x64 or arm64, the same for all chunks [default: x64]</param>
    /// <param name="serviceAccount">&lt;NAME&gt; Service account of the pods</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("kubernetes")]
    public int Kubernetes(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? @namespace = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? claim = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        bool jobset = false,
        [HideDefaultValue] string? nodeSelector = null,
        [HideDefaultValue] string? architecture = null,
        [HideDefaultValue] string? serviceAccount = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Document = document, Name = name, Place = @namespace, Image = image, Cpus = cpus, Memory = memory,
            TimeLimit = timeLimit, Retries = retries, Concurrency = concurrency, Tasks = tasks,
            ChunksPerTask = chunksPerTask, Volume = claim, Mount = mount, JobPath = jobPath, IsJobSet = jobset,
            NodeSelector = nodeSelector, Architecture = architecture, Account = serviceAccount, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Kubernetes.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write an Argo Workflow.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="namespace">&lt;NAME&gt; Namespace [default: the one of kubectl]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image with helios, chromium-headless-shell and ffmpeg on PATH [default: helios]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="claim">&lt;NAME&gt; Shared volume: PersistentVolumeClaim that many pods can write [default: helios]</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="nodeSelector">&lt;LABELS&gt; Nodes to run on, key=value, several with commas between</param>
    /// <param name="architecture">&lt;NAME&gt; Processors of the nodes: x64 or arm64, the same for all chunks [default: x64]</param>
    /// <param name="serviceAccount">&lt;NAME&gt; Service account of the pods</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("argo")]
    public int Argo(
        [Argument] string? job = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? @namespace = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? claim = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? nodeSelector = null,
        [HideDefaultValue] string? architecture = null,
        [HideDefaultValue] string? serviceAccount = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Name = name, Place = @namespace, Image = image, Cpus = cpus, Memory = memory, TimeLimit = timeLimit,
            Retries = retries, Concurrency = concurrency, Tasks = tasks, ChunksPerTask = chunksPerTask,
            Volume = claim, Mount = mount, JobPath = jobPath, NodeSelector = nodeSelector, Architecture = architecture, Account = serviceAccount,
            Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Argo.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Slurm, or one of its batch scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this batch script: chunks or merge [default: all, as a script that submits them]</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="partition">&lt;NAME&gt; Partition [default: the cluster's]</param>
    /// <param name="account">&lt;NAME&gt; Account [default: the user's]</param>
    /// <param name="qos">&lt;NAME&gt; Quality of service [default: the cluster's]</param>
    /// <param name="constraint">&lt;FEATURES&gt; Features of nodes to run on, as sbatch takes them</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="maxArraySize">&lt;N&gt; MaxArraySize of the cluster, as scontrol show config says [default: 1001]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("slurm")]
    public int Slurm(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? partition = null,
        [HideDefaultValue] string? account = null,
        [HideDefaultValue] string? qos = null,
        [HideDefaultValue] string? constraint = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? maxArraySize = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Document = document, Name = name, Place = partition, Account = account, QualityOfService = qos,
            NodeSelector = constraint, Cpus = cpus, Memory = memory, TimeLimit = timeLimit, Retries = retries,
            Concurrency = concurrency, Tasks = tasks, ChunksPerTask = chunksPerTask, MaxArraySize = maxArraySize,
            JobPath = jobPath, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Slurm.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write an Open Job Description template, for AWS Deadline Cloud.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="architecture">&lt;NAME&gt; Processors of the workers: x64 or arm64, the same for all chunks [default: x64]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where workers see the job file on storage that they share [default: in the directory that the job brings along]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("openjd")]
    public int OpenJobDescription(
        [Argument] string? job = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? architecture = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Name = name, Cpus = cpus, Memory = memory, TimeLimit = timeLimit, Tasks = tasks,
            ChunksPerTask = chunksPerTask, Architecture = architecture, JobPath = jobPath, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.OpenJobDescription.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a makefile for GNU make, for one machine.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("make")]
    public int Makefile(
        [Argument] string? job = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Retries = retries, Tasks = tasks, ChunksPerTask = chunksPerTask, JobPath = jobPath, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Makefile.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write the job format of the Node.js Helios CLI, for its job run.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("helios-node")]
    public int HeliosNode(
        [Argument] string? job = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            JobPath = jobPath, Program = helios,
        };
        AdapterFiles.WriteHeliosNode(job!, arguments);
        return (int)ExitCode.Ok;
    });
}
