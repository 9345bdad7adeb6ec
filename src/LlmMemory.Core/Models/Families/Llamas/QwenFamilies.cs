using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Qwen, dense. The first had names of its own and a bias in query, key and value; Qwen2 kept the bias, Qwen3 has
/// normalised queries and keys instead. Sources: transformers, models/{qwen2, qwen3}/modeling_*.py; of the first, the
/// code beside its checkpoint (Qwen/Qwen-7B, modeling_qwen.py).
/// </summary>
internal static class QwenFamilies
{
    private static readonly ConfigSwitch AttentionBias = new(false, "attention_bias");

    // The activation is on w2, so that one is the gate.
    private static readonly LlamaRules Qwen = new()
    {
        QkvBias = ConfigSwitch.Always,
        Norms = new() { BeforeAttention = "ln_1", BeforeMlp = "ln_2" },
        AttentionNames = new() { Prefix = "attn.", QueryKeyValue = "c_attn", Output = "c_proj" },
        MlpNames = new() { Gate = "w2", Up = "w1", Down = "c_proj" },
        Frame = new() { Prefix = "transformer.", LayerPrefix = "h.", Embedding = "wte", FinalNorm = "ln_f" },
    };

    private static readonly LlamaRules Qwen2 = new() { QkvBias = new(true, "attention_bias", "qkv_bias"), WindowsByDefault = false };

    private static readonly LlamaRules Qwen3 = new()
    {
        QkvBias = AttentionBias,
        OutputBias = AttentionBias,
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        WindowsByDefault = false,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(BuildQwen, "qwen"),
        new(config => LlamaDecoder.Build(config, Qwen2), "qwen2", "qwen2_vl_text", "qwen2_5_vl_text"),
        new(config => LlamaDecoder.Build(config, Qwen3), "qwen3", "qwen3_vl_text"),
    ];

    /// <summary>Its intermediate_size counts gate and up together.</summary>
    private static LanguageModel BuildQwen(ModelConfig config)
    {
        var dimensions = LlamaDecoder.Read(config);
        return LlamaDecoder.Build(config, Qwen, dimensions with { IntermediateSize = dimensions.IntermediateSize / 2 });
    }
}
