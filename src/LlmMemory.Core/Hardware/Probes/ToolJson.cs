using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LlmMemory.Json;

namespace LlmMemory.Hardware.Probes;

/// <summary>JSON as tools print it: behind lines of warnings, and with numbers that are texts or have a unit beside them.</summary>
internal static class ToolJson
{
    /// <summary>Reads a tool's document.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="text">What it printed.</param>
    public static JsonNode Parse(GpuTool tool, string text)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetBytes(WithoutWarnings(text)));
        }
        catch (JsonFormatException error)
        {
            throw ToolErrors.NotUnderstood(tool, $"a JSON document ({error.Message})", text, error);
        }
    }

    /// <summary>The list of devices: the document itself, or what it has under one of these names.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="document">The document.</param>
    /// <param name="names">The names.</param>
    public static IReadOnlyList<JsonNode> Devices(GpuTool tool, JsonNode document, params string[] names)
    {
        var list = document.Kind == JsonTokenKind.ArrayStart ? document : names.Select(document.Get).FirstOrDefault(found => found is not null);
        return list is { Kind: JsonTokenKind.ArrayStart }
            ? list.Items
            : throw ToolErrors.NotUnderstood(tool, $"a list of devices ({string.Join(", ", names)})", document.ToString());
    }

    /// <summary>The text of the first of these members that says something.</summary>
    /// <param name="node">The object; null for none.</param>
    /// <param name="names">The members.</param>
    public static string? Text(JsonNode? node, params string[] names)
    {
        return names.Select(name => ToolValue.Text(AsText(node?.Get(name)))).FirstOrDefault(text => text is not null);
    }

    /// <summary>A size: 196592, "196592", or { "value": 196592, "unit": "MB" }.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="node">The value; null for none.</param>
    /// <param name="unit">The unit of a number without one.</param>
    public static long? Bytes(GpuTool tool, JsonNode? node, string unit)
    {
        var value = node?.Get("value") ?? node;
        try
        {
            return ToolValue.Bytes(AsText(value), node?.Get("unit")?.AsText() ?? unit);
        }
        catch (FormatException error)
        {
            throw ToolErrors.NotUnderstood(tool, $"a size ({node!.Path})", value!.ToString(), error);
        }
    }

    /// <summary>A whole number of a member; null where it has none.</summary>
    /// <param name="node">The object.</param>
    /// <param name="name">The member.</param>
    public static int? Number(JsonNode node, string name)
    {
        return int.TryParse(AsText(node.Get(name)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string? AsText(JsonNode? node)
    {
        return node is { Kind: JsonTokenKind.Text or JsonTokenKind.Number } ? node.ToString() : null;
    }

    private static bool IsStart(string line)
    {
        return line.Length > 0 && (line[0] is '{' or '[');
    }

    private static string WithoutWarnings(string text)
    {
        var lines = text.Split('\n');
        return string.Join("\n", lines.SkipWhile(line => !IsStart(line.TrimStart())));
    }
}
