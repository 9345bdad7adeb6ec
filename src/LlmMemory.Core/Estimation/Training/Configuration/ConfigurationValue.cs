using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Json;
using LlmMemory.Naming;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>A value of a configuration file with the key and the line that it stands at.</summary>
internal sealed class ConfigurationValue
{
    private readonly ConfigurationFile _file;
    private readonly JsonNode _node;

    /// <summary>Takes a value.</summary>
    public ConfigurationValue(ConfigurationFile file, JsonNode node)
    {
        (_file, _node) = (file, node);
    }

    /// <summary>The key, with those around it: <c>zero_optimization.stage</c>.</summary>
    public string Key => _node.Path;

    /// <summary>The value as it is written, or what kind of thing it is.</summary>
    public string Text => _node.ToString();

    /// <summary>The byte that it begins at.</summary>
    public int Offset => _node.Offset;

    /// <summary>The file.</summary>
    public string FileName => _file.Name;

    /// <summary>Where it stands, for a sentence.</summary>
    public string Place => $"{Key} in line {_file.LineOf(Offset).ToString(CultureInfo.InvariantCulture)} (byte {Offset}) of {Quoted.Value(_file.Name)}";

    /// <summary>The value where it is a text, else null.</summary>
    public string? AsText => _node.AsText();

    /// <summary>True where it is a mapping.</summary>
    public bool IsMapping => _node.Kind == JsonTokenKind.ObjectStart;

    /// <summary>True where it turns nothing on: false, 0, 1 rank, no text, an empty list.</summary>
    public bool IsOff => _node.Kind switch
    {
        JsonTokenKind.False or JsonTokenKind.Null => true,
        JsonTokenKind.Number => _node.AsNumber() is 0 or 1 or -1,
        JsonTokenKind.Text => _node.AsText()!.Trim().ToUpperInvariant() is "" or "NONE" or "NO" or "FALSE" or "NULL" or "AUTO",
        JsonTokenKind.ArrayStart => _node.Items.Count == 0,
        JsonTokenKind.ObjectStart => _node.Members.Count == 0,
        _ => false,
    };

    /// <summary>A whole number, one at least.</summary>
    public int Count()
    {
        var number = _node.AsInt64() ?? (long.TryParse(AsText, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0);
        return number is >= 1 and <= int.MaxValue ? (int)number : throw Bad("no whole number from 1 up", "8");
    }

    /// <summary>A number of values, which may be none.</summary>
    public int Size()
    {
        return _node.AsInt64() is 0 ? 0 : Count();
    }

    /// <summary>A count that is not said where it is zero or below, as some keys have it.</summary>
    public int? CountIfAny()
    {
        return _node.AsInt64() is <= 0 ? null : Count();
    }

    /// <summary>Yes or no.</summary>
    public bool Switch()
    {
        return _node.AsBoolean() ?? AsText?.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => true,
            "FALSE" or "NO" or "OFF" => false,
            _ => (bool?)null,
        } ?? throw Bad("neither true nor false", "true");
    }

    /// <summary>True where a number is above zero: a rate of dropout.</summary>
    public bool IsAboveZero()
    {
        var number = _node.AsNumber() ?? (double.TryParse(AsText, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : null);
        return number is { } rate ? rate > 0 : throw Bad("no number", "0.05");
    }

    /// <summary>A text.</summary>
    public string Name()
    {
        return AsText is { } text && text.Trim().Length > 0 ? text.Trim() : throw Bad("no text", "a name");
    }

    /// <summary>Names: a list of them, or a text with commas between.</summary>
    public IReadOnlyList<string> Names()
    {
        return _node.Kind switch
        {
            JsonTokenKind.ArrayStart => [.. _node.Items.Select(item => item.AsText() ?? throw Bad("no list of names", "[q_proj, v_proj]"))],
            JsonTokenKind.Text => [.. Name().Split(',').Select(name => name.Trim()).Where(name => name.Length > 0)],
            _ => throw Bad("no list of names", "[q_proj, v_proj]"),
        };
    }

    /// <summary>Whole numbers from 0 up: a list of them, or one.</summary>
    public IReadOnlyList<int> Numbers()
    {
        IReadOnlyList<JsonNode> nodes = _node.Kind == JsonTokenKind.ArrayStart ? _node.Items : [_node];
        return [.. nodes.Select(node => node.AsInt64() is >= 0 and <= int.MaxValue and var number ? (int)number : throw Bad("no list of layers", "[0, 1, 2]"))];
    }

    /// <summary>One of some words, in any case.</summary>
    public T OneOf<T>(params (string Word, T Meaning)[] words)
    {
        var text = Text.Trim();
        foreach (var (word, meaning) in words)
        {
            // YAML takes an unquoted NO for false.
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase) || (_node.Kind == JsonTokenKind.False && string.Equals(word, "no", StringComparison.OrdinalIgnoreCase)))
            {
                return meaning;
            }
        }

        throw Bad($"none of {string.Join(", ", words.Select(word => word.Word))}", words[0].Word);
    }

    /// <summary>An entry of a catalogue.</summary>
    public T Named<T>(NamedCatalogue<T> catalogue)
        where T : class, INamed
    {
        return catalogue.TryFind(Name(), out var item) ? item : throw Bad("nothing that is known here", catalogue[0].Name);
    }

    /// <summary>The error of a value that its key does not take.</summary>
    public LlmMemoryException Bad(string problem, string good, Exception? cause = null)
    {
        return ConfigurationError.Setting(this, problem, good, cause);
    }
}
