using System;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// How many tests run side by side, beside the one that waits (<see cref="WaitingAtOnce"/>). A render is five processes already, which
/// wait for each other half of the time: two for each processor use both of them. Where processors are slow (<see cref="Pace"/>), one for
/// each keeps them busy; with two the same tests took 5 to 14 % more processor time there, and what has a time limit was late.
/// </summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => Environment.ProcessorCount * (Pace.Factor > 1 ? 1 : 2);
}
