using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>How much a document may hold: values in all, and collections within each other.</summary>
internal sealed class YamlBudget
{
    private int _values;
    private int _depth;

    /// <summary>Counts a value.</summary>
    /// <exception cref="YamlFormatException">It is one too many.</exception>
    public void Take(YamlCursor cursor)
    {
        if (++_values > JsonNode.MaxNodes)
        {
            throw cursor.Error($"it holds more than {JsonNode.MaxNodes} values");
        }
    }

    /// <summary>Enters a collection.</summary>
    /// <exception cref="YamlFormatException">Too many lie around it.</exception>
    public void Open(YamlCursor cursor)
    {
        if (++_depth > YamlBlockReader.MaxDepth)
        {
            throw cursor.Error($"more than {YamlBlockReader.MaxDepth} mappings and lists lie within each other");
        }
    }

    /// <summary>Leaves it.</summary>
    public void Close()
    {
        _depth--;
    }
}
