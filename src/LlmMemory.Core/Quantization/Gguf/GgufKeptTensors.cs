using System;
using System.Linq;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// Which tensors llama-quantize leaves as they are: vectors, normalisations, routers, convolutions and other small or
/// delicate ones. Source: ggml-org/llama.cpp, src/llama-quant.cpp (tensor_allows_quantization).
/// </summary>
internal static class GgufKeptTensors
{
    private const string Weight = "weight";

    private static readonly string[] Names = ["position_embd.weight", "token_types.weight"];

    private static readonly string[] Parts =
    [
        "_norm.weight", "ffn_gate_inp.weight", "ffn_gate_tid2eid.weight", "altup", "laurel", "per_layer_model_proj",
        "ssm_conv1d", "shortconv.conv.weight", "indexer.k_proj.weight", "indexer.q_proj.weight", "time_mix_first.weight",
        "time_mix_w0.weight", "time_mix_w1.weight", "time_mix_w2.weight", "time_mix_v0.weight", "time_mix_v1.weight",
        "time_mix_v2.weight", "time_mix_a0.weight", "time_mix_a1.weight", "time_mix_a2.weight", "time_mix_g1.weight",
        "time_mix_g2.weight", "time_mix_decay_w1.weight", "time_mix_decay_w2.weight", "time_mix_lerp_fused.weight",
        "attn_rel_b.weight", ".position_embd", "sam.pos_embd", "sam.neck.", "sam.net_", ".rel_pos", ".patch_embd",
        ".patch_merger", "a.rvq.codebook", "mm.a.code_embd",
    ];

    /// <summary>True for a tensor that stays as it is.</summary>
    /// <param name="tensor">The tensor, under its name in the file.</param>
    public static bool Contains(ModelTensor tensor)
    {
        var dimensions = tensor.Shape.Count - tensor.Shape.TakeWhile(length => length == 1).Count();
        return dimensions < 2
            || !tensor.Name.EndsWith(Weight, StringComparison.Ordinal)
            || Array.IndexOf(Names, tensor.Name) >= 0
            || Array.Exists(Parts, part => tensor.Name.IndexOf(part, StringComparison.Ordinal) >= 0);
    }
}
