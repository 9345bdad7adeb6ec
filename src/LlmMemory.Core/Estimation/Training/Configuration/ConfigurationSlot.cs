using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Training.Configuration;

/// <summary>One setting of a run, and the value of a file that says it. Files that say it differently contradict each other.</summary>
/// <typeparam name="T">What the setting is.</typeparam>
internal sealed class ConfigurationSlot<T>
{
    private readonly string _name;

    /// <summary>Creates the slot.</summary>
    /// <param name="name">What the setting is called in a sentence.</param>
    public ConfigurationSlot(string name)
    {
        _name = name;
    }

    /// <summary>What says it; null where nothing does.</summary>
    public ConfigurationValue? Source { get; private set; }

    /// <summary>True where something says it.</summary>
    public bool IsSaid => Source is not null;

    /// <summary>What was said; the type's default where nothing was.</summary>
    public T? Value { get; private set; }

    /// <summary>Says it, where a file does.</summary>
    /// <param name="source">The value of the file; null where it has none.</param>
    /// <param name="read">Reads it.</param>
    public void Say(ConfigurationValue? source, Func<ConfigurationValue, T> read)
    {
        if (source is not null)
        {
            Say(source, read(source));
        }
    }

    /// <summary>Says it.</summary>
    public void Say(ConfigurationValue source, T value)
    {
        if (Source is { } other && !AreSame(Value!, value))
        {
            throw ConfigurationError.Contradiction(_name, source, other);
        }

        (Source, Value) = (Source ?? source, value);
    }

    private static bool AreSame(T value, T other)
    {
        return value is IEnumerable<string> texts && other is IEnumerable<string> others
            ? texts.SequenceEqual(others)
            : EqualityComparer<T>.Default.Equals(value, other);
    }
}
