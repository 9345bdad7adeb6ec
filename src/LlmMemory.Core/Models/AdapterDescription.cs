using LlmMemory.Naming;

namespace LlmMemory.Models;

/// <summary>What a PEFT adapter says about itself in its adapter_config.json.</summary>
public sealed class AdapterDescription
{
    /// <summary>The method as PEFT spells it: LORA, IA3, VERA.</summary>
    public required string Method { get; init; }

    /// <summary>The model that it was trained on, as a name on the hub or a path; null where it is not said.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The rank of its pairs of matrices; null for methods without one.</summary>
    public int? Rank { get; init; }

    /// <summary>The modules that it adds to; a single pattern stands alone.</summary>
    public required DetailList<string> TargetModules { get; init; }

    /// <summary>The modules that it has whole copies of.</summary>
    public required DetailList<string> ModulesToSave { get; init; }

    /// <summary>True for DoRA, whose modules have a magnitude for each output beside the pair.</summary>
    public bool IsDora { get; init; }

    /// <summary>Method, rank and base model in one line.</summary>
    public override string ToString()
    {
        var rank = Rank is { } value ? $" of rank {value}" : string.Empty;
        return $"{Method}{rank} for {BaseModel ?? "an unnamed model"}";
    }
}
