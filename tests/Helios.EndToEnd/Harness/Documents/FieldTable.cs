using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>
/// Fields of an engine's own schema, kept in Engines/*.txt with source and date: unknown, missing and mistyped fields are found.
/// </summary>
internal sealed class FieldTable
{
    private sealed record Field(bool IsRequired, string Type);

    private readonly Dictionary<string, Dictionary<string, Field>> _types = [];

    internal static FieldTable Load(string engine)
    {
        var table = new FieldTable();
        Dictionary<string, Field> fields = [];
        foreach (string line in File.ReadLines(Path.Combine(Repository.Project, "Engines", engine + ".txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                table._types.Add(line[1..^1], fields = []);
                continue;
            }

            string[] parts = line.Split(' ', 2);
            fields.Add(parts[0].TrimEnd('!'), new Field(parts[0].EndsWith('!'), parts[1]));
        }

        return table;
    }

    /// <summary>What is wrong with a document of a type, one line each.</summary>
    internal IReadOnlyList<string> Check(JsonNode? document, string type)
    {
        List<string> findings = [];
        Check(document, type, "$", findings);
        return findings;
    }

    private void Check(JsonNode? node, string type, string path, List<string> findings)
    {
        if (type.StartsWith("list<", StringComparison.Ordinal))
        {
            if (node is not JsonArray list) findings.Add($"{path} is not a list");
            else for (int i = 0; i < list.Count; i++) Check(list[i], type[5..^1], $"{path}[{i}]", findings);
        }
        else if (type.StartsWith("map<", StringComparison.Ordinal))
        {
            if (node is not JsonObject map) findings.Add($"{path} is not a map");
            else foreach (var (name, value) in map) Check(value, type[4..^1], $"{path}.{name}", findings);
        }
        else if (_types.TryGetValue(type, out Dictionary<string, Field>? fields))
        {
            if (node is JsonObject map) CheckFields(map, type, fields, path, findings);
            else findings.Add($"{path} is not a {type}");
        }
        else if (!IsScalar(node, type))
        {
            findings.Add($"{path} is {node?.ToJsonString() ?? "null"}, expected {type}");
        }
    }

    private void CheckFields(JsonObject map, string type, Dictionary<string, Field> fields, string path, List<string> findings)
    {
        foreach (var (name, value) in map)
        {
            if (fields.TryGetValue(name, out Field? field)) Check(value, field.Type, $"{path}.{name}", findings);
            else findings.Add($"{path}.{name} is not a field of {type}");
        }

        foreach (var (name, field) in fields)
            if (field.IsRequired && !map.ContainsKey(name)) findings.Add($"{path}.{name} is missing");
    }

    private static bool IsScalar(JsonNode? node, string type) => (type, node?.GetValueKind()) switch
    {
        ("any", _) => true,
        ("string", JsonValueKind.String) => true,
        ("integer", JsonValueKind.Number) => node!.AsValue().TryGetValue(out long _),
        ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("intOrString", JsonValueKind.String or JsonValueKind.Number) => true,
        (_, JsonValueKind.String) => type.Split('|').Contains((string)node!),
        _ => false,
    };
}
