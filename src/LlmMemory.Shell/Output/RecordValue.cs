using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace LlmMemory.Shell.Output;

/// <summary>An object's properties as data: numbers stay numbers, nothing depends on the culture.</summary>
internal static class RecordValue
{
    // Deeper than any output object of the module; it ends cycles in foreign ones.
    private const int MaxDepth = 4;

    /// <summary>A property's value; one that cannot be read counts as empty.</summary>
    public static object? Of(PSPropertyInfo property)
    {
        try
        {
            return Unwrap(property.Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>A value without PowerShell's wrapping.</summary>
    public static object? Unwrap(object? value)
    {
        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }

    /// <summary>The properties that a record shows.</summary>
    public static IEnumerable<PSPropertyInfo> Properties(object value)
    {
        return PSObject.AsPSObject(value).Properties.Where(property => property.IsGettable);
    }

    /// <summary>The value as JSON.</summary>
    public static JsonNode? ToJson(object? value, int depth = 0)
    {
        return Unwrap(value) switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            double.NaN or double.PositiveInfinity or double.NegativeInfinity => null,
            double number => JsonValue.Create(number),
            float number => ToJson((double)number, depth),
            decimal number => JsonValue.Create(number),
            Enum name => JsonValue.Create(name.ToString()),
            ulong number => JsonValue.Create(number),
            sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(
                Convert.ToInt64(Unwrap(value), CultureInfo.InvariantCulture)),
            DateTime time => JsonValue.Create(time),
            { } other when depth >= MaxDepth => JsonValue.Create(Text(other)),
            IDictionary map => ToObject(map, depth),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => ToJson(item, depth + 1))]),
            { } other => ToObject(other, depth),
        };
    }

    /// <summary>The value as one cell of text.</summary>
    public static string Text(object? value)
    {
        return Unwrap(value) switch
        {
            null => string.Empty,
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => string.Join("; ", items.Cast<object?>().Select(Text)),
            { } other => other.ToString() ?? string.Empty,
        };
    }

    private static JsonObject ToObject(IDictionary map, int depth)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in map)
        {
            json[Text(entry.Key)] = ToJson(entry.Value, depth + 1);
        }

        return json;
    }

    private static JsonObject ToObject(object value, int depth)
    {
        var json = new JsonObject();
        foreach (var property in Properties(value))
        {
            json[property.Name] = ToJson(Of(property), depth + 1);
        }

        return json;
    }
}
