using System.Collections.Generic;

namespace LlmMemory.Adapters.Methods;

/// <summary>MiSS: one matrix of [rank, outputs]. Source: huggingface/peft src/peft/tuners/miss/layer.py, MissLayer.update_layer.</summary>
internal static class ShardParts
{
    /// <summary>The tensor beside one module.</summary>
    public static IEnumerable<AdapterPart> Miss(TargetModule target)
    {
        return [new AdapterPart("miss_block", target.Rank, target.Outputs)];
    }
}
