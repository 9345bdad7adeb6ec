using LlmMemory.Adapters;
using LlmMemory.Naming;

namespace LlmMemory.Estimation;

/// <content>The adapter of a fine-tuning, under the names of the parameters that take it again.</content>
public sealed partial class MemoryEstimate
{
    /// <summary>The adapter with its tensors; null where there is none, or only its count is known.</summary>
    public AdapterInventory? Adapter => _subject.Adapter;

    /// <summary>The adapter's method: LoRA, DoRA, VeRA; null where only its count is known.</summary>
    public string? AdapterMethod => Adapter?.Method;

    /// <summary>The adapter's rank; null for methods without one.</summary>
    public int? Rank => Adapter?.Rank;

    /// <summary>The names that the adapter's modules were looked for by.</summary>
    public DetailList<string>? TargetModules => Adapter?.TargetModules;
}
