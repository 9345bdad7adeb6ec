using System;
using System.Collections.Generic;
using System.Globalization;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// What convert_hf_to_gguf calls a checkpoint's tensors: by what they do, and where that does not tell them apart, by
/// their own names. Source: ggml-org/llama.cpp, gguf-py/gguf/tensor_mapping.py.
/// </summary>
internal static class GgufTensorNaming
{
    private static readonly Dictionary<TensorRole, string> ByRole = new()
    {
        [TensorRole.Embedding] = "token_embd",
        [TensorRole.PerLayerEmbedding] = "per_layer_token_embd",
        [TensorRole.Head] = "output",
        [TensorRole.AttentionQuery] = "attn_q",
        [TensorRole.AttentionQueryDown] = "attn_q_a",
        [TensorRole.AttentionKey] = "attn_k",
        [TensorRole.AttentionValue] = "attn_v",
        [TensorRole.AttentionQueryKeyValue] = "attn_qkv",
        [TensorRole.AttentionLatentDown] = "attn_kv_a_mqa",
        [TensorRole.AttentionLatentUp] = "attn_kv_b",
        [TensorRole.AttentionOutput] = "attn_output",
        [TensorRole.MlpGate] = "ffn_gate",
        [TensorRole.MlpUp] = "ffn_up",
        [TensorRole.MlpGateUp] = "ffn_up",
        [TensorRole.MlpDown] = "ffn_down",
        [TensorRole.ExpertGate] = "ffn_gate_exps",
        [TensorRole.ExpertUp] = "ffn_up_exps",
        [TensorRole.ExpertGateUp] = "ffn_gate_up_exps",
        [TensorRole.ExpertDown] = "ffn_down_exps",
        [TensorRole.SharedExpertGate] = "ffn_gate_shexp",
        [TensorRole.SharedExpertUp] = "ffn_up_shexp",
        [TensorRole.SharedExpertDown] = "ffn_down_shexp",
    };

    private static readonly Dictionary<string, string> ByLeaf = new(StringComparer.Ordinal)
    {
        ["wpe"] = "position_embd",
        ["position_embeddings"] = "position_embd",
        ["embed_positions"] = "position_embd",
        ["token_type_embeddings"] = "token_types",
        ["relative_attention_bias"] = "attn_rel_b",
        ["input_layernorm"] = "attn_norm",
        ["post_attention_layernorm"] = "ffn_norm",
        ["pre_feedforward_layernorm"] = "ffn_norm",
        ["post_feedforward_layernorm"] = "post_ffw_norm",
        ["q_norm"] = "attn_q_norm",
        ["k_norm"] = "attn_k_norm",
        ["q_a_layernorm"] = "attn_q_a_norm",
        ["kv_a_layernorm"] = "attn_kv_a_norm",
        ["sinks"] = "attn_sinks",
        ["gate"] = "ffn_gate_inp",
        ["router"] = "ffn_gate_inp",
        ["shared_expert_gate"] = "ffn_gate_inp_shexp",
        ["e_score_correction_bias"] = "exp_probs_b.bias",
        ["expert_bias"] = "exp_probs_b.bias",
        ["A_log"] = "ssm_a",
        ["D"] = "ssm_d",
        ["dt_bias"] = "ssm_dt.bias",
        ["in_proj"] = "ssm_in",
        ["x_proj"] = "ssm_x",
        ["dt_proj"] = "ssm_dt",
        ["conv1d"] = "ssm_conv1d",
        ["out_proj"] = "ssm_out",
        ["in_proj_ba"] = "ssm_ba",
        ["in_proj_b"] = "ssm_beta",
        ["in_proj_a"] = "ssm_alpha",
        ["in_proj_qkv"] = "attn_qkv",
        ["in_proj_z"] = "attn_gate",
        ["wq_b"] = "indexer.attn_q_b",
        ["wk"] = "indexer.attn_k",
        ["weights_proj"] = "indexer.proj",
        ["eh_proj"] = "nextn.eh_proj",
        ["fc"] = "nextn.eh_proj",
        ["pre_fc_norm_embedding"] = "nextn.enorm",
        ["pre_fc_norm_hidden"] = "nextn.hnorm",
        ["enorm"] = "nextn.enorm",
        ["hnorm"] = "nextn.hnorm",
        ["per_layer_model_projection"] = "per_layer_model_proj",
        ["per_layer_input_gate"] = "inp_gate",
        ["per_layer_projection"] = "proj",
        ["linear_left"] = "laurel_l",
        ["linear_right"] = "laurel_r",
        ["per_layer_projection_norm"] = "per_layer_proj_norm",
        ["correct_output_scale"] = "altup_correct_scale",
        ["correction_coefs"] = "altup_correct_coef",
        ["prediction_coefs"] = "altup_predict_coef",
        ["modality_router"] = "altup_router",
        ["per_expert_scale"] = "ffn_down_exps.scale",
    };

    // Kimi Delta Attention is attention in all names but those of its convolutions and decays.
    private static readonly Dictionary<string, string> KimiDelta = new(StringComparer.Ordinal)
    {
        ["q_proj"] = "attn_q",
        ["k_proj"] = "attn_k",
        ["v_proj"] = "attn_v",
        ["o_proj"] = "attn_output",
        ["q_conv1d"] = "ssm_conv1d_q",
        ["k_conv1d"] = "ssm_conv1d_k",
        ["v_conv1d"] = "ssm_conv1d_v",
        ["f_a_proj"] = "ssm_f_a",
        ["f_b_proj"] = "ssm_f_b",
        ["g_a_proj"] = "ssm_g_a",
        ["g_b_proj"] = "ssm_g_b",
        ["g_proj"] = "ssm_g",
        ["b_proj"] = "ssm_beta",
    };

    /// <summary>The stem of a tensor's name in GGUF: <c>attn_q</c>. It has the ending where the checkpoint's has another.</summary>
    /// <param name="tensor">The tensor of the checkpoint.</param>
    public static string StemOf(ModelTensor tensor)
    {
        var leaf = LeafOf(tensor.Name);
        if (IsShortConvolution(tensor, leaf))
        {
            return $"shortconv.{leaf}";
        }

        if (tensor.RoleKind is TensorRole.RecurrentInput or TensorRole.RecurrentOutput or TensorRole.RecurrentConvolution
            && KimiDelta.TryGetValue(leaf, out var delta))
        {
            return delta;
        }

        if (tensor.RoleKind == TensorRole.Router && leaf is ("proj" or "scale"))
        {
            return leaf == "proj" ? "ffn_gate_inp" : "ffn_gate_inp.scale";
        }

        return ByRole.TryGetValue(tensor.RoleKind, out var byRole) ? byRole
            : ByLeaf.TryGetValue(leaf, out var byLeaf) ? byLeaf
            : tensor.RoleKind == TensorRole.Norm ? NormStem(tensor, leaf)
            : leaf;
    }

    /// <summary>The last part of a name before its ending: <c>q_proj</c>.</summary>
    public static string LeafOf(string name)
    {
        var end = name.Length;
        foreach (var ending in new[] { ".weight", ".bias" })
        {
            end = name.EndsWith(ending, StringComparison.Ordinal) ? name.Length - ending.Length : end;
        }

        var start = name.LastIndexOf('.', end - 1) + 1;
        return name.Substring(start, end - start);
    }

    private static bool IsShortConvolution(ModelTensor tensor, string leaf)
    {
        return leaf is "in_proj" or "out_proj" or "conv" && tensor.Name.IndexOf(".conv.", StringComparison.Ordinal) >= 0;
    }

    // Every normalisation stays in F32, so that its name matters to no mixture, but for its end: those without a name
    // of their own keep the way to them in the checkpoint.
    private static string NormStem(ModelTensor tensor, string leaf)
    {
        if (tensor.Layer is null)
        {
            return tensor.PartKind == ModelPart.Mtp ? "nextn.shared_head_norm"
                : tensor.Name.IndexOf("embed", StringComparison.Ordinal) >= 0 ? "token_embd_norm"
                : tensor.PartKind == ModelPart.Encoder ? "enc.output_norm"
                : "output_norm";
        }

        var number = string.Format(CultureInfo.InvariantCulture, ".{0}.", tensor.Layer);
        var start = tensor.Name.IndexOf(number, StringComparison.Ordinal);
        var end = tensor.Name.LastIndexOf(leaf, StringComparison.Ordinal) + leaf.Length;
        var way = start < 0 ? leaf : tensor.Name.Substring(start + number.Length, end - start - number.Length).Replace('.', '_');
        return way.EndsWith("norm", StringComparison.Ordinal) ? way : way + "_norm";
    }
}
