using System.Diagnostics.CodeAnalysis;

namespace Helios.Adapters.Document;

/// <summary>
/// One value of an engine's document. Documents are built as trees, so that there is one way to omit optional values, and text from
/// a job is quoted in one place: <see cref="YamlText"/> or <see cref="JsonText"/>.
/// </summary>
internal abstract class Node
{
    /// <summary>JSON's and YAML's null; a C# null omits a member.</summary>
    internal static readonly Node Null = new NullNode();

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Node?(string? text) => text is null ? null : new StringNode(text);

    public static implicit operator Node(long number) => new NumberNode(number);

    public static implicit operator Node(bool isTrue) => new BooleanNode(isTrue);
}

internal sealed class StringNode(string text) : Node
{
    internal string Text { get; } = text;
}

internal sealed class NumberNode(long number) : Node
{
    internal long Number { get; } = number;
}

internal sealed class BooleanNode(bool isTrue) : Node
{
    internal bool IsTrue { get; } = isTrue;
}

internal sealed class NullNode : Node;
