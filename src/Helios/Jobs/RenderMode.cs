using System;

namespace Helios.Jobs;

/// <summary>What of the page is rendered.</summary>
internal enum RenderMode
{
    /// <summary>The viewport.</summary>
    Dom,

    /// <summary>One canvas element.</summary>
    Canvas,
}

/// <summary>Names of <see cref="RenderMode"/>s.</summary>
internal static class RenderModes
{
    /// <summary>In the order of the values.</summary>
    internal static readonly string[] Names = ["dom", "canvas"];

    internal static string ToName(this RenderMode mode) => Names[(int)mode];

    internal static bool TryParse(string name, out RenderMode mode)
    {
        int index = Array.IndexOf(Names, name);
        mode = (RenderMode)Math.Max(index, 0);
        return index >= 0;
    }
}
