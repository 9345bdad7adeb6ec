using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// StableLM: LayerNorms; in StableLM 2 12B attention and feed-forward network stand side by side after one of them,
/// and every head normalises its queries and keys with a LayerNorm of its own, without bias. Source: transformers,
/// models/stablelm/modeling_stablelm.py.
/// </summary>
internal static class StableLmFamily
{
    private static readonly LlamaRules Sequential = new()
    {
        QkvBias = new(false, "use_qkv_bias", "qkv_bias"),
        NormKind = NormKind.LayerNorm,
        QueryKeyNorm = QueryKeyNorm.OnePerHead,
        HasQueryKeyNorm = new(false, "qk_layernorm"),
        AttentionNames = new() { QueryNorm = "q_layernorm.norms.*", KeyNorm = "k_layernorm.norms.*" },
    };

    private static readonly LlamaRules Parallel = Sequential with { Norms = LayerNorms.Shared };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "stablelm")];

    private static LanguageModel Build(ModelConfig config)
    {
        return LlamaDecoder.Build(config, config.Bool(false, "use_parallel_residual") ? Parallel : Sequential);
    }
}
