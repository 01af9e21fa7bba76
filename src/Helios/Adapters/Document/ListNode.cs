using System;
using System.Collections.Generic;

namespace Helios.Adapters.Document;

/// <summary>Values in order; null is omitted.</summary>
internal sealed class ListNode : Node
{
    private readonly List<Node> _items = [];

    internal IReadOnlyList<Node> Items => _items;

    internal static ListNode Of(params ReadOnlySpan<Node?> items)
    {
        var list = new ListNode();
        foreach (Node? item in items) list.Add(item);
        return list;
    }

    internal static ListNode OfWords(ReadOnlySpan<string> words)
    {
        var list = new ListNode();
        foreach (string word in words) list.Add(word);
        return list;
    }

    internal static ListNode OfNumbers(ReadOnlySpan<int> numbers)
    {
        var list = new ListNode();
        foreach (int number in numbers) list.Add(number);
        return list;
    }

    internal void Add(Node? item)
    {
        if (item is not null) _items.Add(item);
    }
}
