using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>A choice that a family leaves to the configuration: the fields that decide it, and what holds without them.</summary>
/// <param name="WhenMissing">What holds where the configuration does not say.</param>
/// <param name="Names">The fields, first match wins; none where the family always does the same.</param>
internal sealed record ConfigSwitch(bool WhenMissing, params string[] Names)
{
    /// <summary>The family always does it.</summary>
    public static ConfigSwitch Always { get; } = new(true);

    /// <summary>The family never does it.</summary>
    public static ConfigSwitch Never { get; } = new(false);

    /// <summary>What holds for a configuration.</summary>
    /// <param name="config">The configuration.</param>
    public bool Read(ModelConfig config)
    {
        return config.Bool(WhenMissing, Names);
    }
}
