using System.Threading.Tasks;
using Helios.Browser;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Browser;

internal sealed class BrowserRestTests
{
    [Test]
    public async Task Processes_are_known_by_their_ids() =>
        await Assert
            .That(BrowserRest.ReadIds("""{"processInfo":[{"type":"browser","id":7,"cpuTime":0.1},{"id":12,"type":"GPU"}]}"""u8))
            .IsEquivalentTo([7L, 12L]);

    [Test]
    public async Task No_process_is_none() => await Assert.That(BrowserRest.ReadIds("""{"processInfo":[]}"""u8)).IsEmpty();
}
