using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>
/// YAML as an independent parser reads it; plain words become numbers, truth values and null as in YAML 1.2's core schema.
/// </summary>
internal static class YamlDocument
{
    internal static IReadOnlyList<JsonNode?> ParseAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode))];
    }

    internal static JsonNode Parse(string text) => ParseAll(text).Single()!;

    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
            YamlScalarNode plain => ConvertPlain(plain.Value!),
            _ => throw new InvalidDataException(node.ToString()),
        };

    private static JsonValue? ConvertPlain(string word)
    {
        if (word is "" or "~" or "null")
            return null;
        if (word is "true" or "false")
            return JsonValue.Create(word == "true");
        return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? JsonValue.Create(number)
            : JsonValue.Create(word);
    }
}
