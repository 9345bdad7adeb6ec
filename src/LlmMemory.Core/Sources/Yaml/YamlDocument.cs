using System;
using System.Globalization;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>A YAML document as the engine reads it, to look at: what a value is taken for, which lines belong together.</summary>
public static class YamlDocument
{
    /// <summary>The document as JSON.</summary>
    /// <param name="bytes">The document in UTF-8.</param>
    /// <returns>JSON on one line; numbers that JSON does not have (.inf, .nan) as Python writes them.</returns>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingConfigInvalid"/>, with the offset.</exception>
    public static string ToJson(byte[] bytes)
    {
        try
        {
            var json = new StringBuilder();
            Write(json, YamlBlockReader.Read(bytes ?? throw new ArgumentNullException(nameof(bytes))));
            return json.ToString();
        }
        catch (YamlFormatException error)
        {
            throw new LlmMemoryException(
                ErrorIds.TrainingConfigInvalid,
                null,
                $"The document is none of the part of YAML that is read: at byte {error.Offset}, {error.Message}. Write settings as 'key: value'.",
                error)
            {
                Offset = error.Offset,
            };
        }
    }

    private static void Write(StringBuilder json, JsonNode node)
    {
        switch (node.Kind)
        {
            case JsonTokenKind.ObjectStart:
                WriteMembers(json, node);
                break;
            case JsonTokenKind.ArrayStart:
                WriteItems(json, node);
                break;
            case JsonTokenKind.Text:
                WriteText(json, node.AsText()!);
                break;
            default:
                json.Append(node);
                break;
        }
    }

    private static void WriteMembers(StringBuilder json, JsonNode node)
    {
        var separator = '{';
        foreach (var member in node.Members)
        {
            json.Append(separator);
            WriteText(json, member.Key);
            json.Append(':');
            Write(json, member.Value);
            separator = ',';
        }

        json.Append(node.Members.Count == 0 ? "{}" : "}");
    }

    private static void WriteItems(StringBuilder json, JsonNode node)
    {
        var separator = '[';
        foreach (var item in node.Items)
        {
            json.Append(separator);
            Write(json, item);
            separator = ',';
        }

        json.Append(node.Items.Count == 0 ? "[]" : "]");
    }

    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
            {
                json.Append('\\').Append(letter);
            }
            else if (letter is < ' ' or (>= '\u007f' and <= '\u009f'))
            {
                json.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(letter);
            }
        }

        json.Append('"');
    }
}
