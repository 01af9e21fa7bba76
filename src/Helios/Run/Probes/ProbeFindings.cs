using Helios.Page;
using Helios.Render;

namespace Helios.Run.Probes;

/// <summary>What the probes have found out about a page. Each is null where it was not asked for.</summary>
internal sealed record ProbeFindings
{
    /// <summary>What the page declares.</summary>
    internal PageDeclarations? Declarations { get; init; }

    /// <summary>The fastest capture mode that shows what a screenshot shows.</summary>
    internal CaptureTrial? Capture { get; init; }

    /// <summary>How the page gets to its frames, and what they cost.</summary>
    internal PageTrial? Trial { get; init; }
}
