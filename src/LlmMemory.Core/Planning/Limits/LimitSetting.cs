using LlmMemory.Errors;
using LlmMemory.Estimation.Cases;
using LlmMemory.Naming;

namespace LlmMemory.Planning.Limits;

/// <summary>A setting whose largest or smallest value that fits can be looked for.</summary>
public abstract class LimitSetting : NamedChoice
{
    private protected LimitSetting(string name, string description, params string[] aliases)
        : base(name, description, aliases)
    {
    }

    /// <summary>The values that the setting can take in a case.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="pool">The devices that it may use.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LimitSettingUnsuited"/>.</exception>
    internal abstract LimitScale ScaleOf(EstimateCase asked, DevicePool pool);

    /// <summary>The error for a case that has no such setting.</summary>
    /// <param name="instead">What has it, as a sentence says it.</param>
    private protected LlmMemoryException Unsuited(string instead)
    {
        return new LlmMemoryException(ErrorIds.LimitSettingUnsuited, Name, $"{Name} is no setting of this estimate: it belongs to {instead}.");
    }
}
