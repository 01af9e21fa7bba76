using System.Collections.Generic;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>All members of one kind of object in the job spec, in the order of writing. They may be read in any order.</summary>
internal sealed class MemberTable<TDraft, TValue>
{
    private readonly Member<TDraft, TValue>[] _members;

    internal MemberTable(params Member<TDraft, TValue>[] members)
    {
        _members = members;
        Required = Member.NamesOf(members, isRequired: true);
        Known = [.. Required, .. Member.NamesOf(members, isRequired: false)];
    }

    internal string[] Required { get; }

    /// <summary>Every name, the required ones first.</summary>
    internal string[] Known { get; }

    /// <summary>Reads the members of the object that the reader has entered, to its end. Reports unknown and missing ones.</summary>
    /// <exception cref="Errors.HeliosException">65: a member is repeated.</exception>
    internal void Read(ref JsonTokens tokens, JobProblems problems, string path, TDraft draft)
    {
        var seen = new HashSet<string>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string name = tokens.GetText();
            tokens.CheckMember(seen.Add(name), seen.Count, name);
            ReadMember(ref tokens, problems, path, name, draft);
        }

        JobValues.ReportMissing(problems, path, Required, seen.Contains);
    }

    /// <summary>Reads the value of a member whose name is current.</summary>
    internal void ReadMember(ref JsonTokens tokens, JobProblems problems, string path, string name, TDraft draft)
    {
        string memberPath = $"{path}.{name}";
        int index = NamedValue.IndexOf(_members, name);
        if (index < 0)
        {
            JobValues.SkipUnknown(ref tokens, problems, memberPath, name, Known);
            return;
        }

        tokens.Read();
        _members[index].Read(ref tokens, problems, memberPath, draft);
    }

    /// <summary>Writes the members; the caller begins and ends the object.</summary>
    internal void Write(Utf8JsonWriter json, TValue value)
    {
        foreach (Member<TDraft, TValue> member in _members) member.Write(json, member.Name, value);
    }
}
