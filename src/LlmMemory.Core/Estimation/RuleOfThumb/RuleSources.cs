namespace LlmMemory.Estimation.RuleOfThumb;

/// <summary>Where each of the rule's formulas is written down: sections of docs/rule-of-thumb.md.</summary>
internal static class RuleSources
{
    public const string Storage = "Rule of thumb, docs/rule-of-thumb.md#storage";
    public const string Training = "Rule of thumb, docs/rule-of-thumb.md#training";
    public const string Gradients = "Rule of thumb, docs/rule-of-thumb.md#gradients";
    public const string OptimizerStates = "Rule of thumb, docs/rule-of-thumb.md#optimizer-states";
    public const string SafetyMargin = "Rule of thumb, docs/rule-of-thumb.md#safety-margin";
}
