namespace Helios.Page;

/// <summary>One declaration of a page.</summary>
/// <param name="Source">Where the page declares it: <c>window.helios.fps</c>, <c>data-width</c>.</param>
/// <param name="Value">A number as JavaScript writes it, a text in quotes, or the kind of any other value in parentheses.</param>
internal sealed record Declaration(string Source, string Value)
{
    /// <summary>The value in the form of a typed option.</summary>
    internal string Text => Value.Length >= 2 && Value[0] == '"' ? Value[1..^1] : Value;

    internal bool IsNumber => Value[0] is not ('"' or '(');
}
