using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary>
/// <c>adapt</c> for engines that a cloud runs. One command an engine, so that each has the options that its users expect and
/// no other. What the same option means everywhere is in <see cref="AdapterArguments"/>.
/// </summary>
internal sealed class CloudCommands
{
    /// <summary>Write a script that submits the job to AWS Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this: definition, chunks or merge, as --cli-input-json takes it [default: all, as a script that submits them]</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="queue">&lt;QUEUE&gt; Job queue, name or ARN [default: helios]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image with helios, chromium-headless-shell and ffmpeg on PATH [default: helios]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="efs">&lt;ID&gt; Shared volume: EFS file system fs-…, or fs-…:/directory</param>
    /// <param name="hostPath">&lt;DIR&gt; Shared volume: a directory that every host mounts, instead of --efs</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="platform">&lt;PLATFORM&gt; ec2 or fargate [default: ec2]</param>
    /// <param name="executionRole">&lt;ARN&gt; Role that pulls the image and writes the log; Fargate needs one</param>
    /// <param name="jobRole">&lt;ARN&gt; Role that tasks have</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("aws-batch")]
    public int AwsBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? efs = null,
        [HideDefaultValue] string? hostPath = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? platform = null,
        [HideDefaultValue] string? executionRole = null,
        [HideDefaultValue] string? jobRole = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Document = document, Name = name, Place = queue, Image = image, Cpus = cpus, Memory = memory,
            TimeLimit = timeLimit, Retries = retries, IsSpot = spot, Tasks = tasks, ChunksPerTask = chunksPerTask,
            Volume = efs, OtherVolume = hostPath, Mount = mount, JobPath = jobPath, Platform = platform,
            ExecutionRole = executionRole, Account = jobRole, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.AwsBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a state machine of AWS Step Functions that runs the job on AWS Batch.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="queue">&lt;QUEUE&gt; Job queue, name or ARN [default: helios]</param>
    /// <param name="definition">&lt;NAME&gt; Job definition, as adapt aws-batch registers it [default: --name]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="mount">&lt;DIR&gt; Where the job definition mounts the shared volume [default: /data]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("step-functions")]
    public int StepFunctions(
        [Argument] string? job = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? definition = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Name = name, Place = queue, Definition = definition, TimeLimit = timeLimit, Retries = retries,
            IsSpot = spot, Tasks = tasks, ChunksPerTask = chunksPerTask, Mount = mount, JobPath = jobPath,
            Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.StepFunctions.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Google Cloud Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this job: chunks or merge [default: all, as a script that submits them]</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="location">&lt;REGION&gt; Region of the jobs [default: us-central1]</param>
    /// <param name="project">&lt;ID&gt; Project of the jobs [default: the one of gcloud]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image with helios, chromium-headless-shell and ffmpeg on PATH [default: helios]</param>
    /// <param name="cpus">&lt;N&gt; CPUs a task, 1..256 [default: 4]</param>
    /// <param name="memory">&lt;SIZE&gt; Memory a task: 512M, 8G (of 1024) [default: 8G]</param>
    /// <param name="machineType">&lt;TYPE&gt; Machines to run on [default: what fits --cpus and --memory]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help [default: 3, with --spot as many as the engine allows]</param>
    /// <param name="spot">Machines may be reclaimed: allow every retry that the engine has, since a reclaim costs one</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="bucket">&lt;BUCKET&gt; Shared volume: Cloud Storage bucket, or bucket/directory</param>
    /// <param name="nfs">&lt;EXPORT&gt; Shared volume: SERVER:/PATH, instead of --bucket</param>
    /// <param name="mount">&lt;DIR&gt; Where tasks see the shared volume [default: /mnt/disks/work]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name in the mounted volume]</param>
    /// <param name="alpha">Use the v1alpha API, in which the merge waits for the chunks; else the script waits</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("gcp-batch")]
    public int GoogleBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? location = null,
        [HideDefaultValue] string? project = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? memory = null,
        [HideDefaultValue] string? machineType = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        bool spot = false,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? bucket = null,
        [HideDefaultValue] string? nfs = null,
        [HideDefaultValue] string? mount = null,
        [HideDefaultValue] string? jobPath = null,
        bool alpha = false,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Document = document, Name = name, Place = location, Account = project, Image = image, Cpus = cpus,
            Memory = memory, MachineType = machineType, TimeLimit = timeLimit, Retries = retries, IsSpot = spot,
            Concurrency = concurrency, Tasks = tasks, ChunksPerTask = chunksPerTask, Volume = bucket,
            OtherVolume = nfs, Mount = mount, JobPath = jobPath, IsAlpha = alpha, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.GoogleBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to Azure Batch, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this: job or tasks [default: all, as a script that submits them]</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="pool">&lt;ID&gt; Pool [default: helios]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image to run in [default: none, the machine has helios]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="share">&lt;PATH&gt; Shared volume: file system of the pool, by its relative mount path [default: work]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: its name on the share]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("azure-batch")]
    public int AzureBatch(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? pool = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? share = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Document = document, Name = name, Place = pool, Image = image, TimeLimit = timeLimit, Retries = retries,
            Concurrency = concurrency, Tasks = tasks, ChunksPerTask = chunksPerTask, Volume = share, JobPath = jobPath, Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.AzureBatch.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a workflow of GitHub Actions.</summary>
    /// <param name="job">&lt;job&gt; Job spec, or - for standard input</param>
    /// <param name="name">&lt;NAME&gt; Base of names in the engine: a-z, 0-9 and -, beginning with a letter [default: helios- and the job id]</param>
    /// <param name="runsOn">&lt;LABEL&gt; Runner [default: ubuntu-latest]</param>
    /// <param name="image">&lt;IMAGE&gt; Container image to run in [default: none, the machine has helios]</param>
    /// <param name="timeLimit">&lt;TIME&gt; Longest time of one attempt of a task: 90s, 45m, 2h, 1h30m [default: 1h]</param>
    /// <param name="retries">&lt;N&gt; Attempts after the first, where a retry can help, 0..100 [default: 3]</param>
    /// <param name="concurrency">&lt;N&gt; Tasks at once at the most [default: as many as the engine starts]</param>
    /// <param name="tasks">&lt;N&gt; Tasks to deal the chunks to [default: one a chunk, or as many as the engine allows]</param>
    /// <param name="chunksPerTask">&lt;N&gt; Chunks a task, instead of --tasks</param>
    /// <param name="jobPath">&lt;PATH&gt; Where the job file is in the repository [default: as given]</param>
    /// <param name="helios">&lt;PROGRAM&gt; The helios that tasks run [default: helios]</param>
    [Command("github-actions")]
    public int GitHubActions(
        [Argument] string? job = null,
        [HideDefaultValue] string? name = null,
        [HideDefaultValue] string? runsOn = null,
        [HideDefaultValue] string? image = null,
        [HideDefaultValue] string? timeLimit = null,
        [HideDefaultValue] string? retries = null,
        [HideDefaultValue] string? concurrency = null,
        [HideDefaultValue] string? tasks = null,
        [HideDefaultValue] string? chunksPerTask = null,
        [HideDefaultValue] string? jobPath = null,
        [HideDefaultValue] string? helios = null) => Guard.Run(() =>
    {
        var arguments = new AdapterArguments
        {
            Name = name, Place = runsOn, Image = image, TimeLimit = timeLimit, Retries = retries,
            Concurrency = concurrency, Tasks = tasks, ChunksPerTask = chunksPerTask, JobPath = jobPath,
            Program = helios,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.GitHubActions.Write);
        return (int)ExitCode.Ok;
    });
}
