namespace Helios.Page;

/// <summary>One thing that a page says of itself.</summary>
/// <param name="Source">Where it says so: <c>window.helios.fps</c>, <c>data-width</c>.</param>
/// <param name="Value">A number as JavaScript writes it, a text in quotes, or the kind of something else in parentheses.</param>
internal sealed record Declaration(string Source, string Value)
{
    /// <summary>The value as somebody would have typed it.</summary>
    internal string Text => Value.Length >= 2 && Value[0] == '"' ? Value[1..^1] : Value;

    internal bool IsNumber => Value[0] is not ('"' or '(');
}
