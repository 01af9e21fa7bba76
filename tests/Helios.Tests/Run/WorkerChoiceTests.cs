using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Run;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Run;

internal sealed class WorkerChoiceTests
{
    [Test]
    [Arguments(1, 99, 300, "paint", 8.0, 1, DisplayName = "one processor")]
    [Arguments(2, 99, 300, "canvas", 18.0, 1, DisplayName = "light frames on two processors")]
    [Arguments(2, 99, 300, "paint", 59.0, 2, DisplayName = "heavy frames on two processors")]
    [Arguments(2, 99, 300, "screenshot", null, 1, DisplayName = "a short job that was not tried")]
    [Arguments(2, 99, 900, "screenshot", null, 2, DisplayName = "a long one")]
    [Arguments(2, 99, 900, "paint", null, 1, DisplayName = "a long one by paint")]
    [Arguments(16, 99, 9000, "paint", 8.0, 10, DisplayName = "light frames on many processors")]
    [Arguments(16, 99, 9000, "paint", 80.0, 13, DisplayName = "heavy frames on many processors")]
    [Arguments(64, 99, 60, "screenshot", null, 2, DisplayName = "few frames on many processors")]
    [Arguments(64, 99, 5, "screenshot", null, 1, DisplayName = "fewer")]
    [Arguments(64, 3, 9000, "paint", 8.0, 3, DisplayName = "little memory")]
    public async Task Workers_are_as_many_as_pay(int processors, int memory, int frames, string capture, double? frameTime, int expected) =>
        await Assert.That(WorkerChoice.Make(processors, memory, frames, CaptureMode.Find(capture)!, frameTime).Count).IsEqualTo(expected);

    [Test]
    [Arguments(2, 99, 300, "one worker keeps 1.6 of 2 processors busy with frames of 18 ms", DisplayName = "processors")]
    [Arguments(64, 99, 60, "60 frames, and the start of a worker takes as long as 30", DisplayName = "length")]
    [Arguments(64, 3, 9000, "memory is enough for 3", DisplayName = "memory")]
    public async Task It_says_why(int processors, int memory, int frames, string expected) =>
        await Assert.That(WorkerChoice.Make(processors, memory, frames, CaptureMode.Canvas, 18.2).Reason).IsEqualTo(expected);
}
