using System;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// How many tests run side by side: one for each processor, beside the one that waits (<see cref="WaitingAtOnce"/>). A render is five
/// processes already. With two for each processor the same tests took 5 to 14 % more processor time, and what has a time limit was late.
/// </summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => Environment.ProcessorCount;
}
