using System.Threading.Tasks;
using Helios.Jobs.Batch;

namespace Helios.Tests.Jobs.Batch;

internal sealed class BatchFolderTests
{
    [Test]
    [Arguments("batch.json", true)]
    [Arguments("batch.head.json", true)]
    [Arguments("batch.lock", true)]
    [Arguments("report.jsonl", true)]
    [Arguments("job_0.json", true)]
    [Arguments("job_12.receipt.json", true)]
    [Arguments("job_.json", false)]
    [Arguments("job_1x.json", false)]
    [Arguments("job_1.json.bak", false)]
    [Arguments("job_1", false)]
    [Arguments("out/job_1.json", false)]
    [Arguments("page.html", false)]
    public async Task Names_of_the_batch_itself_are_not_of_its_project(string name, bool isOwn) =>
        await Assert.That(BatchFolder.IsOwn(name)).IsEqualTo(isOwn);
}
