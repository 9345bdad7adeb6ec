using LlmMemory.DataTypes;

namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>The component that serving and fine-tuning share: a model's weights as they lie in memory.</summary>
internal static class RuleComponents
{
    public static ComponentDraft Weights(string name, long parameters, DataType dataType)
    {
        return new ComponentDraft(
            ComponentRole.Weights,
            name,
            dataType.GetBytes(parameters),
            () => RuleFormulas.Storage(parameters, dataType),
            RuleSources.Storage);
    }
}
