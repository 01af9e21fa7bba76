using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Media;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Media;

public sealed class FrameTallyTests
{
    [Test]
    [Arguments("0 1 2 3", true, 4, DisplayName = "in order")]
    [Arguments("0 4 2 1 3 8 6 5 7", true, 9, DisplayName = "as an encoder with B-frames puts them")]
    [Arguments("63 0", false, 1, DisplayName = "the far end of the window")]
    [Arguments("64", null, 0, DisplayName = "beyond the window")]
    [Arguments("0 0", null, 1, DisplayName = "a frame twice")]
    [Arguments("0 2 2", null, 1, DisplayName = "a later frame twice")]
    [Arguments("-1", null, 0, DisplayName = "before the first")]
    [Arguments("0 1 3", false, 2, DisplayName = "one is missing")]
    [Arguments("", true, 0, DisplayName = "none")]
    public async Task Frames_are_there_once_each(string frames, bool? isDense, int next)
    {
        var tally = new FrameTally();
        bool isFine = true;
        foreach (string frame in frames.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
            isFine &= tally.TryAdd(long.Parse(frame, System.Globalization.CultureInfo.InvariantCulture));

        await Assert.That(isFine).IsEqualTo(isDense is not null);
        if (isDense is not null) await Assert.That(tally.IsDense).IsEqualTo(isDense.Value);
        await Assert.That(tally.Next).IsEqualTo(next);
    }

    /// <summary>Whatever order within the window: dense exactly if every frame came.</summary>
    [Test]
    public void Any_order_within_a_few_places_is_dense() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 8]).SelectMany((count, reach) => Gen.Int[0, reach].Array[count].Select(shifts =>
            Enumerable.Range(0, count).OrderBy(n => n + shifts[n]).ToArray())).Sample(order =>
        {
            var tally = new FrameTally();
            return order.All(frame => tally.TryAdd(frame)) && tally.IsDense && tally.Next == order.Length;
        });
}
