namespace Helios.Jobs.Document;

/// <summary>
/// A value that documents and the command line identify by its name. Each is one object, so equality is identity. The code for
/// lists of them is not generic: the compiler would generate it again for each kind.
/// </summary>
/// <param name="name">The name.</param>
internal abstract class NamedValue(string name)
{
    internal string Name => name;

    /// <summary>Index of the value with a name, which is matched exactly; -1 when there is none.</summary>
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
