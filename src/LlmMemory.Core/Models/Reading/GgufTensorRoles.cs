using System;
using System.Collections.Generic;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What the tensors of a GGUF file do, by their names. Source: ggml-org/llama.cpp, src/llama-arch.cpp (LLM_TENSOR_NAMES)
/// and tools/mtmd/clip-impl.h for towers.
/// </summary>
internal static class GgufTensorRoles
{
    private static readonly Dictionary<string, TensorRole> ByStem = new(StringComparer.Ordinal)
    {
        ["token_embd"] = TensorRole.Embedding,
        ["output"] = TensorRole.Head,
        ["position_embd"] = TensorRole.PositionEmbedding,
        ["token_types"] = TensorRole.PositionEmbedding,
        ["attn_rel_b"] = TensorRole.PositionEmbedding,
        ["cross_attn_rel_b"] = TensorRole.PositionEmbedding,
        ["rope_freqs"] = TensorRole.Buffer,
        ["rope_factors_long"] = TensorRole.Buffer,
        ["rope_factors_short"] = TensorRole.Buffer,
        ["attn_rot_embd"] = TensorRole.Buffer,
        ["ffn_gate_tid2eid"] = TensorRole.Buffer,
        ["attn_q"] = TensorRole.AttentionQuery,
        ["attn_q_b"] = TensorRole.AttentionQuery,
        ["attn_q_a"] = TensorRole.AttentionQueryDown,
        ["attn_k"] = TensorRole.AttentionKey,
        ["attn_v"] = TensorRole.AttentionValue,
        ["attn_qkv"] = TensorRole.AttentionQueryKeyValue,
        ["attn_kv_a_mqa"] = TensorRole.AttentionLatentDown,
        ["attn_kv_b"] = TensorRole.AttentionLatentUp,
        ["attn_k_b"] = TensorRole.AttentionLatentUp,
        ["attn_v_b"] = TensorRole.AttentionLatentUp,
        ["attn_output"] = TensorRole.AttentionOutput,
        ["attn_output_a"] = TensorRole.AttentionOutput,
        ["attn_output_b"] = TensorRole.AttentionOutput,
        ["attn_out"] = TensorRole.AttentionOutput,
        ["attn_o"] = TensorRole.AttentionOutput,
        ["attn_gate"] = TensorRole.AttentionExtra,
        ["attn_sinks"] = TensorRole.AttentionExtra,
        ["cross_attn_q"] = TensorRole.AttentionQuery,
        ["cross_attn_k"] = TensorRole.AttentionKey,
        ["cross_attn_v"] = TensorRole.AttentionValue,
        ["cross_attn_o"] = TensorRole.AttentionOutput,
        ["ffn_gate"] = TensorRole.MlpGate,
        ["ffn_up"] = TensorRole.MlpUp,
        ["ffn_down"] = TensorRole.MlpDown,
        ["ffn_gate_exps"] = TensorRole.ExpertGate,
        ["ffn_up_exps"] = TensorRole.ExpertUp,
        ["ffn_down_exps"] = TensorRole.ExpertDown,
        ["ffn_gate_up_exps"] = TensorRole.ExpertGateUp,
        ["ffn_gate_chexps"] = TensorRole.ExpertGate,
        ["ffn_up_chexps"] = TensorRole.ExpertUp,
        ["ffn_down_chexps"] = TensorRole.ExpertDown,
        ["ffn_gate_shexp"] = TensorRole.SharedExpertGate,
        ["ffn_up_shexp"] = TensorRole.SharedExpertUp,
        ["ffn_down_shexp"] = TensorRole.SharedExpertDown,
        ["ffn_gate_inp"] = TensorRole.Router,
        ["ffn_gate_inp_shexp"] = TensorRole.Router,
        ["exp_probs_b"] = TensorRole.Router,
        ["exp_probs_b_vl"] = TensorRole.Router,
        ["ssm_in"] = TensorRole.RecurrentInput,
        ["ssm_x"] = TensorRole.RecurrentInput,
        ["ssm_dt"] = TensorRole.RecurrentInput,
        ["ssm_ba"] = TensorRole.RecurrentInput,
        ["ssm_alpha"] = TensorRole.RecurrentInput,
        ["ssm_beta"] = TensorRole.RecurrentInput,
        ["ssm_f_a"] = TensorRole.RecurrentInput,
        ["ssm_f_b"] = TensorRole.RecurrentInput,
        ["ssm_g"] = TensorRole.RecurrentInput,
        ["ssm_g_a"] = TensorRole.RecurrentInput,
        ["ssm_g_b"] = TensorRole.RecurrentInput,
        ["ssm_conv1d"] = TensorRole.RecurrentConvolution,
        ["ssm_conv1d_q"] = TensorRole.RecurrentConvolution,
        ["ssm_conv1d_k"] = TensorRole.RecurrentConvolution,
        ["ssm_conv1d_v"] = TensorRole.RecurrentConvolution,
        ["ssm_a"] = TensorRole.RecurrentExtra,
        ["ssm_d"] = TensorRole.RecurrentExtra,
        ["ssm_out"] = TensorRole.RecurrentOutput,
        ["shortconv.in_proj"] = TensorRole.RecurrentInput,
        ["shortconv.conv"] = TensorRole.RecurrentConvolution,
        ["shortconv.out_proj"] = TensorRole.RecurrentOutput,
        ["time_mix_key"] = TensorRole.RecurrentInput,
        ["time_mix_value"] = TensorRole.RecurrentInput,
        ["time_mix_receptance"] = TensorRole.RecurrentInput,
        ["time_mix_gate"] = TensorRole.RecurrentInput,
        ["time_mix_output"] = TensorRole.RecurrentOutput,
        ["channel_mix_key"] = TensorRole.MlpUp,
        ["channel_mix_value"] = TensorRole.MlpDown,
        ["channel_mix_receptance"] = TensorRole.MlpGate,
        ["per_layer_token_embd"] = TensorRole.PerLayerEmbedding,
        ["per_layer_model_proj"] = TensorRole.Projection,
        ["inp_gate"] = TensorRole.Projection,
        ["proj"] = TensorRole.Projection,
        ["nextn.eh_proj"] = TensorRole.Projection,
        ["nextn.embed_tokens"] = TensorRole.Embedding,
        ["nextn.shared_head_head"] = TensorRole.Head,
        ["cls"] = TensorRole.Pooler,
        ["cls.output"] = TensorRole.Pooler,
        ["dense_2"] = TensorRole.Pooler,
        ["dense_3"] = TensorRole.Pooler,
        ["patch_embd"] = TensorRole.PatchEmbedding,
    };

    private static readonly string[] NormEndings = ["norm", "norm_1", "norm_2", "ln", "ln1", "ln2", "norm_exps"];

    /// <summary>The role of a tensor; <see cref="TensorRole.Extra"/> for a name that says nothing.</summary>
    /// <param name="name">Its name.</param>
    public static TensorRole Find(GgufTensorName name)
    {
        if (name.Ending.EndsWith("scale", StringComparison.Ordinal))
        {
            return TensorRole.Scale;
        }

        if (ByStem.TryGetValue(name.Stem, out var role))
        {
            return role;
        }

        if (Array.Exists(NormEndings, ending => name.Stem.EndsWith(ending, StringComparison.Ordinal)))
        {
            return TensorRole.Norm;
        }

        return name.Stem switch
        {
            var stem when stem.StartsWith("indexer", StringComparison.Ordinal) => TensorRole.Indexer,
            var stem when stem.StartsWith("attn_", StringComparison.Ordinal) => TensorRole.AttentionExtra,
            var stem when stem.StartsWith("time_mix_", StringComparison.Ordinal) => TensorRole.RecurrentExtra,
            var stem when stem.StartsWith("channel_mix_", StringComparison.Ordinal) => TensorRole.RecurrentExtra,
            var stem when stem.StartsWith("mm.", StringComparison.Ordinal) => TensorRole.Projection,
            _ => TensorRole.Extra,
        };
    }
}
