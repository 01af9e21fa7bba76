using System.Collections.Generic;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads the current value into a draft; an invalid value becomes a problem and leaves the draft unchanged.</summary>
internal delegate void ReadMember<in TDraft>(ref JsonTokens tokens, JobProblems problems, string path, TDraft draft);

/// <summary>Writes a member with its name, or nothing where its absence means the same.</summary>
internal delegate void WriteMember<in TValue>(Utf8JsonWriter json, string name, TValue value);

/// <summary>Common properties of all members, for any draft.</summary>
/// <param name="name">As it is spelled in the document.</param>
/// <param name="isRequired">Whether an object without it is rejected.</param>
internal abstract class Member(string name, bool isRequired) : NamedValue(name)
{
    internal bool IsRequired => isRequired;

    internal static string[] NamesOf(Member[] members, bool isRequired)
    {
        var names = new List<string>();
        foreach (Member member in members)
            if (member.IsRequired == isRequired) names.Add(member.Name);
        return [.. names];
    }
}

/// <summary>One member of a JSON object. Only its entry contains its name: reader, writer and messages take it from there.</summary>
/// <typeparam name="TDraft">Filled by the reader.</typeparam>
/// <typeparam name="TValue">Written by the writer.</typeparam>
/// <param name="name">As it is spelled in the document.</param>
/// <param name="read">See <see cref="ReadMember{TDraft}"/>.</param>
/// <param name="write">See <see cref="WriteMember{TValue}"/>.</param>
/// <param name="isRequired">Whether an object without it is rejected.</param>
internal sealed class Member<TDraft, TValue>(string name, ReadMember<TDraft> read, WriteMember<TValue> write, bool isRequired = true)
    : Member(name, isRequired)
{
    internal ReadMember<TDraft> Read => read;

    internal WriteMember<TValue> Write => write;
}
