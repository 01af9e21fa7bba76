using System.Threading;
using TUnit.Core;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// How many tests that mostly wait, for a time limit of helios, for a disk or for somebody else's scheduler, run beside the others. They
/// have a high priority: the first of them begins when the suite does.
/// </summary>
public sealed record WaitingAtOnce : IParallelLimit
{
    public int Limit => 1;

    /// <summary>Tests that wait for their turn must not keep others from theirs, which TUnit's own limit would do.</summary>
    [Before(HookType.TestDiscovery)]
    public static void LiftTheCommonLimit(BeforeTestDiscoveryContext context)
    {
        context.Settings.Parallelism.MaximumParallelTests = 64;
        _ = ThreadPool.SetMinThreads(32, 32); // what tests compute for seconds must not keep the output of another's process waiting
    }
}
