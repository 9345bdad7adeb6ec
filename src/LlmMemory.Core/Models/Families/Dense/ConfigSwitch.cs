using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>Something that a family's layers have or lack: always, never, or as the configuration says.</summary>
/// <param name="WhenMissing">What holds where the configuration does not say.</param>
/// <param name="Fields">The fields that say it, first match wins; none where it is the same for all models of the family.</param>
internal sealed record ConfigSwitch(bool WhenMissing, params IReadOnlyList<string> Fields)
{
    /// <summary>Always there.</summary>
    public static ConfigSwitch On { get; } = new(true);

    /// <summary>Never there.</summary>
    public static ConfigSwitch Off { get; } = new(false);

    /// <summary>Reads the switch.</summary>
    /// <param name="config">The configuration of the language model.</param>
    public bool Read(ModelConfig config)
    {
        return config.Bool(WhenMissing, [.. Fields]);
    }
}
