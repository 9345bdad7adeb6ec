using System;
using System.Collections.Generic;
using LlmMemory.Json;

namespace LlmMemory.Sources.Catalogue;

/// <summary>
/// One line of the catalogue's file: a JSON object, the model's name and its name on the hub first, then other texts and
/// numbers, the configuration last. Who completes a name needs the first two, who asks for a model the configuration of
/// one: each is read when it is asked for.
/// </summary>
internal sealed class CatalogueLine
{
    private const string NameField = "name";

    private const string IdField = "id";

    private const string ConfigField = "config";

    private readonly byte[] _file;
    private readonly int _start;
    private readonly int _end;

    private CatalogueLine(byte[] file, int start, int end)
    {
        _file = file;
        _start = start;
        _end = end;
        var json = Open();
        Name = ReadText(json, NameField);
        Id = ReadText(json, IdField);
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The model's name on the hub.</summary>
    public string Id { get; }

    /// <summary>The lines in order.</summary>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<CatalogueLine> ReadAll(byte[] file)
    {
        var lines = new List<CatalogueLine>();
        for (var start = 0; start < file.Length;)
        {
            var end = Array.IndexOf(file, (byte)'\n', start);
            end = end < 0 ? file.Length : end;
            lines.Add(new CatalogueLine(file, start, end));
            start = end + 1;
        }

        return lines;
    }

    /// <summary>What the line says about the model, by name, without the configuration.</summary>
    public IReadOnlyDictionary<string, string> ReadFacts()
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        var json = Open();
        while (json.Read() && !json.IsText(ConfigField))
        {
            var name = json.GetText();
            json.Read();
            facts.Add(name, json.GetText());
        }

        return facts;
    }

    /// <summary>The configuration's bytes.</summary>
    public byte[] ReadConfig()
    {
        var json = Open();
        while (json.Read() && !json.IsText(ConfigField))
        {
            json.Read();
        }

        // The object's own brace closes the line.
        json.Read();
        var config = new byte[_end - 1 - json.Offset];
        Buffer.BlockCopy(_file, json.Offset, config, 0, config.Length);
        return config;
    }

    private JsonTokenizer Open()
    {
        var json = new JsonTokenizer(_file, _start, _end - _start);
        json.Read();
        return json;
    }

    private string ReadText(JsonTokenizer json, string field)
    {
        return json.Read() && json.IsText(field) && json.Read()
            ? json.GetText()
            : throw new JsonFormatException(_start, $"a line of the catalogue does not start with {NameField} and {IdField}");
    }
}
