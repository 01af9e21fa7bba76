using System.Threading.Tasks;
using Helios.Run;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Run;

internal sealed class WorkerChoiceTests
{
    [Test]
    [Arguments(1, 99, 300, 1, 1, DisplayName = "one processor")]
    [Arguments(2, 99, 300, 1, 2, DisplayName = "two processors")]
    [Arguments(2, 1, 300, 1, 1, DisplayName = "two processors, and memory for one worker")]
    [Arguments(2, 99, 59, 1, 1, DisplayName = "two processors and few frames")]
    [Arguments(16, 99, 9000, 10, 16, DisplayName = "many processors")]
    [Arguments(64, 99, 60, 2, 2, DisplayName = "few frames on many processors")]
    [Arguments(64, 99, 5, 1, 1, DisplayName = "fewer")]
    [Arguments(64, 3, 9000, 3, 3, DisplayName = "little memory")]
    public async Task Workers_are_as_many_as_pay(int processors, int memory, int frames, int expected, int most)
    {
        WorkerChoice choice = WorkerChoice.Make(processors, memory, frames);

        await Assert.That((choice.Count, choice.Most)).IsEqualTo((expected, most));
    }

    [Test]
    [Arguments(2, 99, 300, "one worker keeps up to 1.6 of 2 processors busy; more start if some stay idle", DisplayName = "processors")]
    [Arguments(1, 99, 300, "one worker keeps up to 1.6 of 1 processors busy", DisplayName = "one processor")]
    [Arguments(64, 99, 60, "60 frames, and the start of a worker takes as long as 30", DisplayName = "length")]
    [Arguments(64, 3, 9000, "memory is enough for 3", DisplayName = "memory")]
    public async Task It_says_why(int processors, int memory, int frames, string expected) =>
        await Assert.That(WorkerChoice.Make(processors, memory, frames).Reason).IsEqualTo(expected);
}
