using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>How a page reaches the first frame of a chunk. Decides pixels where the page can observe the frames before it.</summary>
internal sealed class History : NamedValue
{
    /// <summary>
    /// Frames that nothing in the page can observe are jumped over, and those of a page that is sought by a hook; every other frame runs.
    /// </summary>
    internal static readonly History Auto = new("auto");

    /// <summary>Every frame runs, from 0: what a spec without this member means.</summary>
    internal static readonly History Replay = new("replay");

    /// <summary>The page's clock jumps to the chunk: the user declares the page a function of time.</summary>
    internal static readonly History Seek = new("seek");

    internal static readonly History[] All = [Auto, Replay, Seek];

    private History(string name) : base(name)
    {
    }

    internal static History? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
