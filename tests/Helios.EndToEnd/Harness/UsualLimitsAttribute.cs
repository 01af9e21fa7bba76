using System;
using System.Linq;
using System.Threading.Tasks;
using TUnit.Core;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// Limits of every test. Its time limit, <c>[Timeout]</c> of its method, class or assembly, follows the machine
/// (<see cref="Pace"/>). Few run at once, unless the test or its class says otherwise: TUnit lets what is said of the assembly win.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class UsualLimitsAttribute : Attribute, ITestRegisteredEventReceiver
{
    public int Order => int.MaxValue;

    public ValueTask OnTestRegistered(TestRegisteredContext context)
    {
        if (context.TestDetails.Timeout is TimeSpan limit) context.TestDetails.Timeout = limit * Pace.Largest;
        bool isWaiting = context.TestDetails.GetAttributes<ParallelLimiterAttribute<WaitingAtOnce>>().Any();
        context.SetParallelLimiter(isWaiting ? new WaitingAtOnce() : new FewAtOnce());
        return ValueTask.CompletedTask;
    }
}
