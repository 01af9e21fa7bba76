using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>The part of the page that is rendered.</summary>
internal sealed class RenderMode : NamedValue
{
    /// <summary>The viewport.</summary>
    internal static readonly RenderMode Dom = new("dom");

    /// <summary>One canvas element.</summary>
    internal static readonly RenderMode Canvas = new("canvas");

    internal static readonly RenderMode[] All = [Dom, Canvas];

    private RenderMode(string name) : base(name)
    {
    }

    internal static RenderMode? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
