using System;

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

    private protected override Array Read(object?[] values)
    {
        return SettingCatalogues.Read(Type, values);
    }
}
