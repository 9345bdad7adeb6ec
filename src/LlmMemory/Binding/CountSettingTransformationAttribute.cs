using System;

namespace LlmMemory.Binding;

/// <summary>Reads counts of ranks, sequences or layers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountSettingTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <summary>Prepares reading.</summary>
    /// <param name="setting">What the setting is called.</param>
    /// <param name="min">The least that makes sense.</param>
    /// <param name="example">A good value.</param>
    public CountSettingTransformationAttribute(string setting, int min, string example)
    {
        Setting = setting;
        Min = min;
        Example = example;
    }

    /// <summary>What the setting is called.</summary>
    public string Setting { get; }

    /// <summary>The least that makes sense.</summary>
    public int Min { get; }

    /// <summary>A good value.</summary>
    public string Example { get; }

    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new CountSettingArgument(value, Setting, Min, Example));
    }
}
