using System;
using System.Collections;
using System.Management.Automation;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmMemory.Shell.Output;

/// <summary>Writes any object of the engine as JSON: the same bytes under every culture.</summary>
internal static class JsonValue
{
    // Deep enough for an estimate's components; an object that refers to itself ends here.
    private const int MaxDepth = 4;

    /// <summary>How text is laid out and escaped.</summary>
    /// <param name="indented">Whether people read it.</param>
    public static JsonWriterOptions Options(bool indented)
    {
        return new JsonWriterOptions
        {
            Indented = indented,
            NewLine = "\n",
            // The output is no web page, so quotes and umlauts may stay legible.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }

    /// <summary>Writes a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">How many objects and arrays it lies in.</param>
    public static void Write(Utf8JsonWriter json, object? value, int depth = 0)
    {
        var bare = Records.Unwrap(value);
        if (TryWriteNumber(json, bare))
        {
            return;
        }

        switch (bare)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case var _ when InvariantText.TryFormat(bare, out var text):
                json.WriteStringValue(text);
                break;
            case var _ when depth > MaxDepth:
                json.WriteStringValue(InvariantText.Of(value));
                break;
            case IDictionary dictionary:
                WriteObject(json, dictionary, depth);
                break;
            case IEnumerable items:
                WriteArray(json, items, depth);
                break;
            default:
                WriteObject(json, PSObject.AsPSObject(value), depth);
                break;
        }
    }

    private static bool TryWriteNumber(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case Enum:
                return false;
            case sbyte or short or int or long or byte or ushort or uint:
                json.WriteNumberValue(Convert.ToInt64(value, provider: null));
                return true;
            case ulong number:
                json.WriteNumberValue(number);
                return true;
            case decimal number:
                json.WriteNumberValue(number);
                return true;
            // JSON has no NaN and no infinity; these become text.
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                return true;
            case BigInteger number:
                json.WriteRawValue(InvariantText.Of(number));
                return true;
            default:
                return false;
        }
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable items, int depth)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item, depth + 1);
        }

        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, IDictionary dictionary, int depth)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            json.WritePropertyName(InvariantText.Of(entry.Key));
            Write(json, entry.Value, depth + 1);
        }

        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, PSObject record, int depth)
    {
        json.WriteStartObject();
        foreach (var property in record.Properties)
        {
            json.WritePropertyName(property.Name);
            Write(json, Records.ValueOf(property), depth + 1);
        }

        json.WriteEndObject();
    }
}
