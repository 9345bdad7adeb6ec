using System.Collections.Generic;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// Llama with projections fused: query, key and value in one in Baichuan and Phi-3, gate and up in one as well in
/// Phi-3 and Phi-4. Sources: transformers, models/phi3/modular_phi3.py; of Baichuan the code beside its checkpoint
/// (baichuan-inc/Baichuan2-7B-Base, modeling_baichuan.py).
/// </summary>
internal static class FusedFamilies
{
    private static readonly LlamaRules Baichuan = new() { AttentionNames = new() { QueryKeyValue = "W_pack" } };

    private static readonly LlamaRules Phi3 = new()
    {
        AttentionNames = new() { QueryKeyValue = "qkv_proj" },
        MlpNames = new() { GateUp = "gate_up_proj" },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Baichuan), "baichuan"),
        new(config => LlamaDecoder.Build(config, Phi3), "phi3"),
    ];
}
