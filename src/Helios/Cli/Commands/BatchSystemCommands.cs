using ConsoleAppFramework;
using Helios.Adapters.Engines;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;

namespace Helios.Cli.Commands;

/// <summary><c>adapt</c> for the batch systems of compute centres, whose nodes share files; see <see cref="CloudCommands"/>.</summary>
internal sealed class BatchSystemCommands
{
    /// <summary>Write a script that submits the job to Grid Engine, or one of its batch scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this batch script: chunks (of a batch: rows) or merge [default: all, as a script that submits them]</param>
    /// <param name="queue">&lt;NAME&gt; Queue [default: any]</param>
    /// <param name="project">&lt;NAME&gt; Project [default: the user's]</param>
    /// <param name="parallelEnvironment">&lt;NAME&gt; Parallel environment whose slots are CPUs of one host, as qconf -spl lists [default: smp]</param>
    /// <param name="maxArraySize">&lt;N&gt; max_aj_tasks of the cluster, as qconf -sconf says [default: 75000]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("grid-engine")]
    public int GridEngine(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? project = null,
        [HideDefaultValue] string? parallelEnvironment = null,
        [HideDefaultValue] string? maxArraySize = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = queue,
            Account = project,
            ParallelEnvironment = parallelEnvironment,
            MaxArraySize = maxArraySize,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.GridEngine.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to PBS Professional or OpenPBS, or one of its batch scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this batch script: chunks (of a batch: rows) or merge [default: all, as a script that submits them]</param>
    /// <param name="queue">&lt;NAME&gt; Queue [default: the server's]</param>
    /// <param name="account">&lt;NAME&gt; Account [default: the user's]</param>
    /// <param name="maxArraySize">&lt;N&gt; max_array_size of the server, as qmgr -c "print server" says [default: 10000]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("pbs")]
    public int Pbs(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? account = null,
        [HideDefaultValue] string? maxArraySize = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = queue,
            Account = account,
            MaxArraySize = maxArraySize,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Pbs.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to LSF, or one of its batch scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this batch script: chunks (of a batch: rows) or merge [default: all, as a script that submits them]</param>
    /// <param name="queue">&lt;NAME&gt; Queue [default: the cluster's]</param>
    /// <param name="project">&lt;NAME&gt; Project [default: the user's]</param>
    /// <param name="maxArraySize">&lt;N&gt; MAX_JOB_ARRAY_SIZE of the cluster, as bparams -a says [default: 1000]</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("lsf")]
    public int Lsf(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? queue = null,
        [HideDefaultValue] string? project = null,
        [HideDefaultValue] string? maxArraySize = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Place = queue,
            Account = project,
            MaxArraySize = maxArraySize,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.Lsf.Write);
        return (int)ExitCode.Ok;
    });

    /// <summary>Write a script that submits the job to HTCondor as a DAG, or one of its documents.</summary>
    /// <param name="job">&lt;job&gt; Job spec, the folder of a batch, or - for standard input</param>
    /// <param name="document">&lt;NAME&gt; Write only this: chunks (of a batch: rows), merge or dag [default: all, as a script that submits them]</param>
    /// <param name="accountingGroup">&lt;NAME&gt; Accounting group [default: the user's]</param>
    /// <param name="requirements">&lt;EXPRESSION&gt; Machines to run on, a ClassAd expression of one word such as HasSharedDisk</param>
    /// <param name="jobPath">&lt;PATH&gt; Where tasks see the job file [default: as given]</param>
    [Command("htcondor")]
    public int HtCondor(
        [Argument] string? job = null,
        [HideDefaultValue] string? document = null,
        [HideDefaultValue] string? accountingGroup = null,
        [HideDefaultValue] string? requirements = null,
        [HideDefaultValue] string? jobPath = null) => ErrorBoundary.Run(() =>
    {
        var arguments = new AdapterArguments(BorrowedOptions.Given)
        {
            Document = document,
            Account = accountingGroup,
            NodeSelector = requirements,
            JobPath = jobPath,
        };
        AdapterFiles.Write(job!, arguments, Adapters.Engines.HtCondor.Write);
        return (int)ExitCode.Ok;
    });
}
