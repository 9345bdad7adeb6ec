using System.Globalization;

namespace LlmMemory.Estimation.Comparison;

/// <summary>A setting that an engine says it runs with, under the name of the parameter that asks for it.</summary>
public sealed class EngineLogSetting
{
    internal EngineLogSetting(string name, decimal value, int lineNumber)
    {
        Name = name;
        Value = value;
        LineNumber = lineNumber;
    }

    /// <summary>The parameter: <c>ContextLength</c>, <c>TensorParallel</c>.</summary>
    public string Name { get; }

    /// <summary>What it is set to.</summary>
    public decimal Value { get; }

    /// <summary>The line that it stands on, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>Name and value in one line.</summary>
    public override string ToString()
    {
        return string.Format(CultureInfo.InvariantCulture, "{0} {1}", Name, Value);
    }
}
