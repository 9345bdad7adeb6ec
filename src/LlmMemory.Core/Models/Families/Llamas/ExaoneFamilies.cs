using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// EXAONE: GPT-2's names around Llama's parts; EXAONE 4 has Llama's names, its normalisations after the parts, and in
/// its large models three layers of four that see a window. Sources: the code beside LGAI-EXAONE/EXAONE-3.5-2.4B
/// (modeling_exaone.py); transformers, models/exaone4/modular_exaone4.py.
/// </summary>
internal static class ExaoneFamilies
{
    private static readonly LlamaRules Exaone = new()
    {
        Norms = new() { BeforeAttention = "ln_1", BeforeMlp = "ln_2" },
        AttentionNames = new() { Prefix = "attn.attention.", Output = "out_proj" },
        MlpNames = new() { Gate = "c_fc_0", Up = "c_fc_1", Down = "c_proj" },
        Frame = new() { Prefix = "transformer.", LayerPrefix = "h.", Embedding = "wte", FinalNorm = "ln_f", TiesByDefault = true },
    };

    private static readonly LlamaRules Exaone4 =
        new() { Norms = LayerNorms.After, QueryKeyNorm = QueryKeyNorm.SharedByHeads, WindowPattern = 4 };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Exaone), "exaone"),
        new(config => LlamaDecoder.Build(config, Exaone4), "exaone4"),
    ];
}
