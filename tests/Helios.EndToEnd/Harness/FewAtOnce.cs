using System;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>How many tests run side by side.</summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => 1 + Environment.ProcessorCount;
}
