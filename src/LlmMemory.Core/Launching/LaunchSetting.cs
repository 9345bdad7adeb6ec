using System.Globalization;

namespace LlmMemory.Launching;

/// <summary>One setting of a start: a flag, a key of a file, a directive, a variable.</summary>
public sealed class LaunchSetting
{
    internal LaunchSetting(string name, object value, string reason)
    {
        Name = name;
        Value = value;
        Reason = reason;
    }

    /// <summary>What the target calls it: <c>--max-model-len</c>, <c>zero_optimization.stage</c>.</summary>
    public string Name { get; }

    /// <summary>Its value: a whole number, a fraction, a text, or true for a flag that has none.</summary>
    public object Value { get; }

    /// <summary>Where it comes from, in words.</summary>
    public string Reason { get; }

    /// <summary>The value as the target reads it.</summary>
    internal string Text => Value is bool isOn
        ? (isOn ? "true" : "false")
        : System.Convert.ToString(Value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Name and value in one line.</summary>
    public override string ToString()
    {
        return $"{Name} {Text}";
    }
}
