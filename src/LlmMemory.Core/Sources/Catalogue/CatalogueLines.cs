using System;
using System.Collections.Generic;
using LlmMemory.Json;

namespace LlmMemory.Sources.Catalogue;

/// <summary>
/// Reads the catalogue's file: one JSON object on each line, texts and numbers first, the configuration last. The
/// configuration is only found here; it is read when the model is asked for.
/// </summary>
internal static class CatalogueLines
{
    private const string ConfigName = "config";

    /// <summary>The lines in order.</summary>
    /// <param name="bytes">The file.</param>
    public static IReadOnlyList<CatalogueLine> Read(byte[] bytes)
    {
        var lines = new List<CatalogueLine>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            end = end < 0 ? bytes.Length : end;
            lines.Add(ReadLine(bytes, start, end));
            start = end + 1;
        }

        return lines;
    }

    private static CatalogueLine ReadLine(byte[] bytes, int start, int end)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        var tokenizer = new JsonTokenizer(bytes, start, end - start);
        tokenizer.Read();
        while (tokenizer.Read() && tokenizer.Kind == JsonTokenKind.Name)
        {
            var name = tokenizer.GetText();
            tokenizer.Read();
            if (name == ConfigName)
            {
                // The object's own brace closes the line.
                return new CatalogueLine(facts, bytes, tokenizer.Offset, end - 1 - tokenizer.Offset);
            }

            facts.Add(name, tokenizer.GetText());
        }

        throw new JsonFormatException(start, "a line of the catalogue has no configuration");
    }
}
