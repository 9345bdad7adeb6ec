using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDocument = LlmMemory.Sources.Yaml.YamlDocument;

namespace LlmMemory.Core.Tests.Yaml;

/// <summary>Documents that are written out are read back; what is nearly YAML means the same to another reader, or is refused.</summary>
[Properties(Arbitrary = [typeof(YamlProperties)], MaxTest = 3_000)]
public sealed class YamlProperties
{
    /// <summary>A document: null, a truth value, a number, a text, a list or a mapping of them.</summary>
    public sealed record Document(object? Value);

    /// <summary>A text that is nearly a document.</summary>
    public sealed record Typed(string Text);

    public static Arbitrary<Document> Documents()
    {
        return Value(3).Select(value => new Document(value)).ToArbitrary();
    }

    public static Arbitrary<Typed> Texts()
    {
        var piece = Gen.Elements(
            "a", "b: ", "c:", "- ", "-", "\n", "\n  ", "\n    ", " ", "[", "]", "{", "}", ", ", ",", "'", "\"", "x y", "#", " # z", "|", ">-", "1", "0.5",
            "true", "~", ":", "\\n", "\u00e9", "---", "\n\n", "key: value\n", "list:\n- 1\n- 2\n", "'q'", "\"r\"");
        return piece.ArrayOf().Select(pieces => new Typed(string.Concat(pieces))).ToArbitrary();
    }

    [Property]
    public bool A_document_that_is_written_out_is_read_back(Document document)
    {
        var yaml = new StringBuilder();
        Write(yaml, document.Value, 0, false);
        return YamlDocument.ToJson(Encoding.UTF8.GetBytes(yaml.ToString())) == Json(document.Value);
    }

    [Property]
    public bool Json_is_read_as_the_YAML_that_it_is(Document document)
    {
        return YamlDocument.ToJson(Encoding.UTF8.GetBytes(Json(document.Value))) == Json(document.Value);
    }

    [Property(MaxTest = 20_000)]
    public bool What_is_read_means_the_same_to_YamlDotNet(Typed typed)
    {
        string read;
        try
        {
            read = YamlDocument.ToJson(Encoding.UTF8.GetBytes(typed.Text));
        }
        catch (LlmMemoryException error)
        {
            return error.ErrorId == ErrorIds.TrainingConfigInvalid && error.Offset is >= 0 && error.Offset <= Encoding.UTF8.GetByteCount(typed.Text);
        }

        // {c:} has the key c for PyYAML and by the specification (7.3.3), and the key c: there.
        if (typed.Text.Contains(":}", StringComparison.Ordinal))
        {
            return true;
        }

        // A text that is the whole document may stand at the edge there, and not in PyYAML.
        using var json = JsonDocument.Parse(read);
        return json.RootElement.ValueKind == JsonValueKind.String || !TryLoad(typed.Text, out var other) || IsSame(json.RootElement, other);
    }

    private static Gen<object?> Value(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant<object?>(null),
            Gen.Elements<object?>(true, false, 0L, 7L, -12L, 4096L),
            Word().Select(word => (object?)word));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Value(depth - 1);
        var list = inner.ArrayOf().Select(items => (object?)items.Take(4).ToArray());
        var mapping = Word().Zip(inner, (key, value) => (key, value)).ArrayOf().Select(
            members => (object?)members.Take(4).GroupBy(member => member.key).ToDictionary(group => group.Key, group => group.First().value));
        return Gen.Frequency((2, leaf), (1, list), (2, mapping));
    }

    private static Gen<string> Word()
    {
        return Gen.Elements("q_proj", "true", "12", "", "it's", "a: b", "# c", "- d", "two words", "1e-5", "\u00e9t\u00e9", "say \"x\"", "back\\slash", "null", "[x]", "{", "x,y", " padded ", "line\nline", "tab\t");
    }

    // Block style for what is not empty, plain where a text is a word.
    private static void Write(StringBuilder yaml, object? value, int indentation, bool isInline)
    {
        switch (value)
        {
            case object?[] { Length: > 0 } items:
                foreach (var (item, i) in items.Select((item, i) => (item, i)))
                {
                    StartLine(yaml, indentation, isInline && i == 0);
                    yaml.Append("- ");
                    Write(yaml, item, indentation + 2, true);
                }

                break;
            case Dictionary<string, object?> { Count: > 0 } members:
                foreach (var (member, i) in members.Select((member, i) => (member, i)))
                {
                    StartLine(yaml, indentation, isInline && i == 0);
                    yaml.Append(Scalar(member.Key)).Append(':');
                    var isCollection = member.Value is object?[] { Length: > 0 } or Dictionary<string, object?> { Count: > 0 };
                    yaml.Append(isCollection ? "\n" : " ");
                    Write(yaml, member.Value, indentation + 2, !isCollection);
                }

                break;
            default:
                yaml.Append(value is string text ? Scalar(text) : Json(value)).Append('\n');
                break;
        }
    }

    private static void StartLine(StringBuilder yaml, int indentation, bool isInline)
    {
        yaml.Append(' ', isInline ? 0 : indentation);
    }

    private static string Scalar(string text)
    {
        return text is "q_proj" or "two words" or "\u00e9t\u00e9" ? text
            : text.Any(char.IsControl) ? Json(text)
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    private static string Json(object? value)
    {
        return value switch
        {
            null => "null",
            bool isTrue => isTrue ? "true" : "false",
            long number => number.ToString(CultureInfo.InvariantCulture),
            string text => Text(text),
            object?[] items => $"[{string.Join(',', items.Select(Json))}]",
            Dictionary<string, object?> members => $"{{{string.Join(',', members.Select(member => $"{Text(member.Key)}:{Json(member.Value)}"))}}}",
            _ => throw new InvalidOperationException(),
        };
    }

    private static string Text(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped.Replace("\n", "\\u000a", StringComparison.Ordinal).Replace("\t", "\\u0009", StringComparison.Ordinal)}\"";
    }

    // The other reader is not strict in the same places; what it refuses says nothing.
    private static bool TryLoad(string text, out YamlNode? root)
    {
        root = null;
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // The other reader stumbles over a value that begins left of its key, such as 0.5] below "  [".
            return false;
        }

        root = stream.Documents.FirstOrDefault()?.RootNode;
        return true;
    }

    private static bool IsSame(JsonElement read, YamlNode? other)
    {
        return other switch
        {
            null => read.ValueKind == JsonValueKind.Null,
            YamlSequenceNode list => read.ValueKind == JsonValueKind.Array && read.GetArrayLength() == list.Children.Count
                && read.EnumerateArray().Zip(list.Children).All(pair => IsSame(pair.First, pair.Second)),
            YamlMappingNode mapping => read.ValueKind == JsonValueKind.Object
                && mapping.Children.All(member => member.Key is YamlScalarNode key && read.TryGetProperty(key.Value!, out var value) && IsSame(value, member.Value)),
            YamlScalarNode scalar => IsSameScalar(read, scalar),
            _ => false,
        };
    }

    private static bool IsSameScalar(JsonElement read, YamlScalarNode scalar)
    {
        var text = scalar.Value ?? string.Empty;
        return read.ValueKind switch
        {
            JsonValueKind.String => read.GetString() == text,
            JsonValueKind.Number => scalar.Style == ScalarStyle.Plain && read.GetDouble() == double.Parse(text, CultureInfo.InvariantCulture),
            JsonValueKind.True => scalar.Style == ScalarStyle.Plain && text == "true",
            JsonValueKind.Null => scalar.Style == ScalarStyle.Plain && text is "" or "~" or "null",
            _ => false,
        };
    }
}
