using System.Buffers;
using System.Text;
using System.Text.Json;
using Helios.Jobs.Document;

namespace Helios.Adapters.Document;

/// <summary>Writes a document as indented JSON, with a newline at the end.</summary>
internal static class JsonText
{
    internal static string Write(Node node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JobJson.Indented)) Write(writer, node);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case StringNode scalar:
                writer.WriteStringValue(scalar.Text);
                break;
            case NumberNode number:
                writer.WriteNumberValue(number.Number);
                break;
            case BooleanNode truth:
                writer.WriteBooleanValue(truth.IsTrue);
                break;
            case NullNode:
                writer.WriteNullValue();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (Node item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case MapNode map:
                writer.WriteStartObject();
                foreach (MapNode.Member member in map.Members)
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
