using System;

namespace LlmMemory.Binding;

/// <summary>Reads counts of tokens.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenCountTransformationAttribute : ArgumentListTransformationAttribute
{
    /// <summary>Prepares reading.</summary>
    /// <param name="setting">What the setting is called.</param>
    /// <param name="example">A good value.</param>
    public TokenCountTransformationAttribute(string setting, string example)
    {
        Setting = setting;
        Example = example;
    }

    /// <summary>What the setting is called.</summary>
    public string Setting { get; }

    /// <summary>A good value.</summary>
    public string Example { get; }

    private protected override Array Read(object?[] values)
    {
        return Array.ConvertAll(values, value => new TokenCountArgument(value, Setting, Example));
    }
}
