using System;
using Helios.Os;
using Helios.Page;

namespace Helios.Run;

/// <summary>Settings of one task of a farm besides the job.</summary>
internal sealed record TaskSettings
{
    /// <summary>Whether complete chunks are rendered again.</summary>
    internal bool IsForced { get; init; }

    /// <summary>Directory for the frames as PNG files instead of a chunk file; null for a chunk file.</summary>
    internal string? FrameFolder { get; init; }

    /// <summary>Processors that browser and encoder may use; 0 for all.</summary>
    internal int Threads { get; init; }

    /// <summary>Finds browser and encoder; called when the first chunk is rendered, not when all are complete.</summary>
    internal required Func<Interrupts, RenderSettings> MakeRenderSettings { get; init; }
}
