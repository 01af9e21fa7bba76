using System.Collections.Generic;

namespace Helios.Cli.Help;

/// <summary>Typed options by their long names; a flag has an empty value.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Value of an option; null when it was not given.</summary>
    internal string? this[string name] => _values.GetValueOrDefault(name);

    internal bool Has(string name) => _values.ContainsKey(name);

    internal void Add(string name, string value) => _values.Add(name, value);
}
