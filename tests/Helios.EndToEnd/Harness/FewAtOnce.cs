using System;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// How many tests run side by side: two for each processor. A render also waits, for the processes of its browser and for disks, so fewer
/// leave a fifth of the processors' time unused.
/// </summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => 2 * Environment.ProcessorCount;
}
