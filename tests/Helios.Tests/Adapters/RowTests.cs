using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Cli.Options;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

/// <summary>Batches in documents of engines: where tasks find the folder, and what only a job has.</summary>
internal sealed class RowTests
{
    [Test]
    [Arguments("argo", ".", "/data]")]
    [Arguments("argo", "spots/..", "/data]")]
    [Arguments("argo", "/srv/spots", "/data/spots]")]
    [Arguments("azure-batch", ".", "/\"work ||")]
    [Arguments("azure-batch", "spots/batch", "/\"work/batch ||")]
    [Arguments("cloud-run", ".", "/mnt/work]")]
    [Arguments("nomad", ".", " /data ||")]
    [Arguments("openjd", ".", "\"{{Param.JobDirectory}}\"]")]
    [Arguments("openjd", "spots/batch", "\"{{Param.JobDirectory}}/batch\"]")]
    [Arguments("slurm", ".", " render-chunk . ||")]
    [Arguments("make", "spots/batch", " render-chunk spots/batch\n")]
    public async Task A_task_names_the_folder_where_it_sees_it(string engine, string folder, string end)
    {
        string document = Write(engine, new(), folder).Replace("\\\"", "\"", System.StringComparison.Ordinal);

        await Assert.That(document).Contains(end);
        await Assert.That(document).DoesNotContain("merge");
    }

    [Test]
    [Arguments("slurm", "use all, rows")]
    [Arguments("nomad", "use all, rows")]
    [Arguments("htcondor", "use all, dag or rows")]
    [Arguments("aws-batch", "use all, definition or rows")]
    public async Task A_batch_has_no_document_of_a_merge(string engine, string fix) => await Assert
        .That(Refusal.TextOf(() => Write(engine, new() { Document = "merge" })))
        .IsEqualTo($"64: there is no document \"merge\" (--document); {fix}");

    [Test]
    public async Task Options_that_need_a_merge_or_deal_chunks_are_refused()
    {
        await Assert.That(Refusal.TextOf(() => Write("kubernetes", new() { IsJobSet = true })))
            .IsEqualTo("64: a batch has no merge that a JobSet could start (--jobset); leave it out");
        await Assert.That(Refusal.TextOf(() => Write("openjd", new() { TargetTime = "5m" })))
            .IsEqualTo("64: a batch leaves it to helios which rows a task has, so that a row that fails does not end the others of its "
                + "task (--target-time); leave it out, or use --chunks-per-task");
    }

    private static string Write(string engine, AdapterArguments arguments, string folder = "batch") =>
        AdapterEngines.All[engine](RowCases.NewBatch(4, folder), arguments.ToOptions());
}
