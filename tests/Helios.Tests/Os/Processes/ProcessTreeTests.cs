using System.Threading.Tasks;
using Helios.Os.Processes;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Os.Processes;

internal sealed class ProcessTreeTests
{
    [Test]
    [Arguments("12 (sh) S 7 12 12 0 -1 4194304 1 2 3 4 100 20 3 4 20 0 1 0 5", 7, 127L, DisplayName = "as usual")]
    [Arguments("12 (a) b (c)) R 1 12 12 0 -1 0 1 2 3 4 1 1 1 1 20 0", 1, 4L, DisplayName = "a name with parentheses and blanks")]
    public async Task A_line_tells_parent_and_processor_time(string line, int parent, long ticks) =>
        await Assert.That(ProcessTree.Parse(line)).IsEqualTo(new ProcessTree.Usage(parent, ticks));

    [Test]
    [Arguments("")]
    [Arguments("12 (sh) S 7")]
    [Arguments("12 (sh) S x 12 12 0 -1 4194304 1 2 3 4 100 20 3 4 20 0")]
    public async Task Another_line_tells_nothing(string line) => await Assert.That(ProcessTree.Parse(line)).IsNull();

    [Test]
    [Arguments("cpu  10 20 30 400 50 0 7 0 0 0", 4.5, DisplayName = "of all processors")]
    [Arguments("cpu0 10 20 30 400 50 0 7 0 0 0", null, DisplayName = "of one")]
    [Arguments("cpu  10 20", null, DisplayName = "too short")]
    public async Task The_machine_tells_what_nobody_has_used(string line, double? expected) =>
        await Assert.That(ProcessTree.ParseIdle(line)).IsEqualTo(expected);

    [Test]
    [NotInParallel] // other tests have children, too
    public async Task Children_count_while_they_run_and_after_they_were_waited_for()
    {
        using var stub = new StubProgram("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; sh -c 'read -r word' || true");
        double before = ProcessTree.CpuTime()!.Value;

        double during = before;
        using (ChildProcess child = ChildProcess.Start(stub.FullPath, [], [new(0, IsOutput: false)], []))
        {
            for (int i = 0; i < 200 && during < before + 0.05; i++)
            {
                await Task.Delay(50);
                during = ProcessTree.CpuTime()!.Value;
            }

            child.Pipe(0).Dispose();
            _ = child.Wait(10_000);
        }

        await Assert.That(during).IsGreaterThanOrEqualTo(before + 0.05);
        await Assert.That(ProcessTree.CpuTime()!.Value).IsGreaterThanOrEqualTo(during);
    }
}
