using System;
using System.Threading.Tasks;
using TUnit.Core;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// Makes the time limit of every test, <c>[Timeout]</c> of its method, class or assembly, follow the machine (<see cref="Pace"/>).
/// It is set when the test is discovered, after which tests are registered.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PacedAttribute : Attribute, ITestRegisteredEventReceiver
{
    public int Order => 0;

    public ValueTask OnTestRegistered(TestRegisteredContext context)
    {
        if (context.TestDetails.Timeout is TimeSpan limit) context.TestDetails.Timeout = limit * Pace.Factor;
        return ValueTask.CompletedTask;
    }
}
