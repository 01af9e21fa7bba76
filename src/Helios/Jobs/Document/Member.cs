using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads the current value into a draft; a value that does not fit becomes a problem and leaves the draft as it is.</summary>
internal delegate void ReadMember<in TDraft>(ref JsonTokens tokens, JobProblems problems, string path, TDraft draft);

/// <summary>Writes a member with its name, or nothing where its absence means the same.</summary>
internal delegate void WriteMember<in TValue>(Utf8JsonWriter json, string name, TValue value);

/// <summary>One member of a JSON object. Only its entry knows its name: reader, writer and messages take it from there.</summary>
/// <typeparam name="TDraft">What the reader fills.</typeparam>
/// <typeparam name="TValue">What the writer writes.</typeparam>
/// <param name="Name">As it is spelled in the document.</param>
/// <param name="Read">See <see cref="ReadMember{TDraft}"/>.</param>
/// <param name="Write">See <see cref="WriteMember{TValue}"/>.</param>
/// <param name="IsRequired">Whether an object without it is refused.</param>
internal sealed record Member<TDraft, TValue>(string Name, ReadMember<TDraft> Read, WriteMember<TValue> Write, bool IsRequired = true);
