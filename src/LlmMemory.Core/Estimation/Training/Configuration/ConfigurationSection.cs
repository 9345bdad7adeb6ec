using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Json;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>A mapping of a configuration file, asked for by key.</summary>
internal sealed class ConfigurationSection
{
    private readonly ConfigurationFile _file;
    private readonly JsonNode _node;

    /// <summary>Takes the whole of a file.</summary>
    public ConfigurationSection(ConfigurationFile file)
        : this(file, file.Root)
    {
    }

    private ConfigurationSection(ConfigurationFile file, JsonNode node)
    {
        (_file, _node) = (file, node);
    }

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => _node.Members.Keys;

    /// <summary>True where a key is there, whatever it says.</summary>
    public bool Has(string key)
    {
        return _node.Members.ContainsKey(key);
    }

    /// <summary>The value of the first of some keys that says something; null where none does, or leaves it open (auto).</summary>
    public ConfigurationValue? Get(params string[] keys)
    {
        return GetRaw(keys) is { } value && !string.Equals(value.AsText, "auto", StringComparison.OrdinalIgnoreCase) ? value : null;
    }

    /// <summary>The same, with <c>auto</c> as a value.</summary>
    public ConfigurationValue? GetRaw(params string[] keys)
    {
        return keys.Select(_node.Get).FirstOrDefault(node => node is not null) is { } node ? new ConfigurationValue(_file, node) : null;
    }

    /// <summary>True where a switch is there and on.</summary>
    public bool IsOn(params string[] keys)
    {
        return Get(keys)?.Switch() == true;
    }

    /// <summary>The mapping of a key; null where there is none.</summary>
    public ConfigurationSection? Section(string key)
    {
        return _node.Get(key) is { Kind: JsonTokenKind.ObjectStart } node ? new ConfigurationSection(_file, node) : null;
    }
}
