using System.Collections.Generic;

namespace LlmMemory.Launching.Text;

/// <summary>A section of a file of settings: keys in order, each with a value, a list or a section.</summary>
internal sealed class ConfigTree
{
    private readonly List<KeyValuePair<string, object>> _entries = [];

    /// <summary>The keys in order. Values are bool, whole numbers, decimal, string, a section, or a list of these.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Entries => _entries;

    /// <summary>The tree of settings whose names are paths: <c>zero_optimization.stage</c>.</summary>
    public static ConfigTree Of(IEnumerable<LaunchSetting> settings)
    {
        var root = new ConfigTree();
        foreach (var setting in settings)
        {
            root.Set(setting.Name, setting.Value);
        }

        return root;
    }

    /// <summary>Adds a key.</summary>
    public ConfigTree Add(string key, object value)
    {
        _entries.Add(new KeyValuePair<string, object>(key, value));
        return this;
    }

    private void Set(string path, object value)
    {
        var dot = path.IndexOf('.');
        if (dot < 0)
        {
            Add(path, value);
            return;
        }

        var section = _entries.Find(entry => entry.Key == path.Substring(0, dot)).Value as ConfigTree;
        if (section is null)
        {
            section = new ConfigTree();
            Add(path.Substring(0, dot), section);
        }

        section.Set(path.Substring(dot + 1), value);
    }
}
