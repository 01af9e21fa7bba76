namespace Helios.Page;

/// <summary>Phases of a worker, in this order.</summary>
internal enum RenderPhase
{
    /// <summary>Browser start until the page is ready.</summary>
    Load,

    /// <summary>Frames before the chunk.</summary>
    Preroll,

    /// <summary>Frames of the chunk.</summary>
    Capture,

    /// <summary>The encoder finishes; file and receipt are written.</summary>
    Encode,
}
