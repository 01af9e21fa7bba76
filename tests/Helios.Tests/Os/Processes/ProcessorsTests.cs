using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Os.Processes;

namespace Helios.Tests.Os.Processes;

internal sealed class ProcessorsTests
{
    private static readonly List<int> s_allowed = [1, 3, 5, 7, 9];

    [Test]
    [Arguments(1, 0, "1", DisplayName = "one, the first place")]
    [Arguments(1, 4, "9", DisplayName = "one, the last place")]
    [Arguments(1, 5, "1", DisplayName = "one, around once")]
    [Arguments(2, 0, "1 3", DisplayName = "two, the first place")]
    [Arguments(2, 1, "5 7", DisplayName = "two, the second place")]
    [Arguments(2, 2, "9 1", DisplayName = "two, over the end")]
    [Arguments(2, 9_999_999, "7 9", DisplayName = "two, the last chunk that there can be")]
    [Arguments(4, 1, "9 1 3 5", DisplayName = "four")]
    [Arguments(5, 3, "1 3 5 7 9", DisplayName = "as many as there are")]
    [Arguments(8192, 3, "1 3 5 7 9", DisplayName = "more than there are")]
    public async Task Neighbours_take_processors_in_turn(int count, long place, string expected) =>
        await Assert.That(string.Join(' ', Processors.Choose(s_allowed, count, place))).IsEqualTo(expected);

    [Test]
    public async Task All_places_together_use_all_processors_alike()
    {
        IEnumerable<int> uses = Enumerable.Range(0, s_allowed.Count).SelectMany(place => Processors.Choose(s_allowed, 2, place));

        await Assert.That(uses.GroupBy(processor => processor).Select(group => group.Count()).Distinct()).IsEquivalentTo([2]);
    }
}
