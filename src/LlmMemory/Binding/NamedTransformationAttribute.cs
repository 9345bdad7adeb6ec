using System;
using System.Linq;

namespace LlmMemory.Binding;

/// <summary>Reads names of a catalogue.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamedTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="type">What the names stand for.</param>
    public NamedTransformationAttribute(Type type)
    {
        Type = type;
    }

    /// <summary>What the names stand for.</summary>
    public Type Type { get; }

    /// <summary>True where the names are one setting together, which a cell of a CSV file has as one text: <c>a; b</c>.</summary>
    public bool IsSet { get; set; }

    private protected override Array Read(object?[] values)
    {
        return SettingCatalogues.Read(Type, IsSet ? [.. values.SelectMany(Split)] : values);
    }

    private static object?[] Split(object? value)
    {
        return value is string text && !string.IsNullOrWhiteSpace(text)
            ? text.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : [value];
    }
}
