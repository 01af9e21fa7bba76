using System.Collections.Generic;

namespace Helios.Adapters.Document;

/// <summary>Members in the order in which they are set; setting a member to null omits it.</summary>
internal sealed class MapNode : Node
{
    private readonly List<Member> _members = [];

    internal sealed class Member(string name, Node value)
    {
        internal string Name { get; } = name;

        internal Node Value { get; } = value;
    }

    internal IReadOnlyList<Member> Members => _members;

    internal Node? this[string name]
    {
        set
        {
            if (value is not null) _members.Add(new Member(name, value));
        }
    }
}
