namespace Helios.Jobs.Document;

/// <summary>
/// A value that documents and the command line have by its name. Each is one object, so two are the same if they are the same object.
/// What is done with lists of them is not generic: the compiler would make it anew for each kind.
/// </summary>
/// <param name="name">The name.</param>
internal abstract class NamedValue(string name)
{
    internal string Name => name;

    /// <summary>Place of the value with a name, which is matched exactly; -1 when there is none.</summary>
    internal static int IndexOf(NamedValue[] values, string name)
    {
        int index = values.Length - 1;
        while (index >= 0 && values[index].Name != name) index--;
        return index;
    }

    internal static bool Contains(NamedValue[] values, NamedValue value) => IndexOf(values, value.Name) >= 0;

    internal static string[] NamesOf(NamedValue[] values)
    {
        string[] names = new string[values.Length];
        for (int i = 0; i < names.Length; i++) names[i] = values[i].Name;
        return names;
    }

    public sealed override string ToString() => name;
}
