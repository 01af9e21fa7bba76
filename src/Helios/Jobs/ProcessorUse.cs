using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>Which instructions of its processor the browser draws with. Their results differ in single pixels, by a level or two.</summary>
internal sealed class ProcessorUse : NamedValue
{
    /// <summary>Those that every processor of the architecture has: what a spec without this member means.</summary>
    internal static readonly ProcessorUse Any = new("any");

    /// <summary>All that the worker's processor has: chunks of another kind of processor do not fit.</summary>
    internal static readonly ProcessorUse Native = new("native");

    internal static readonly ProcessorUse[] All = [Any, Native];

    private ProcessorUse(string name) : base(name)
    {
    }

    internal static ProcessorUse? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
