using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What the tensors of a checkpoint do, by the names that Transformers' models give them. Source:
/// huggingface/transformers, src/transformers/models/*/modeling_*.py. A family that is built here knows its own names;
/// this is for all others.
/// </summary>
internal static class SafetensorsTensorRoles
{
    private static readonly Dictionary<string, TensorRole> ByModule = new(StringComparer.Ordinal)
    {
        ["embed_tokens"] = TensorRole.Embedding,
        ["wte"] = TensorRole.Embedding,
        ["word_embeddings"] = TensorRole.Embedding,
        ["tok_embeddings"] = TensorRole.Embedding,
        ["embed_in"] = TensorRole.Embedding,
        ["embeddings"] = TensorRole.Embedding,
        ["shared"] = TensorRole.Embedding,
        ["prompt_embeddings"] = TensorRole.Embedding,
        ["embed_tokens_per_layer"] = TensorRole.PerLayerEmbedding,
        ["wpe"] = TensorRole.PositionEmbedding,
        ["position_embeddings"] = TensorRole.PositionEmbedding,
        ["position_embedding"] = TensorRole.PositionEmbedding,
        ["positional_embedding"] = TensorRole.PositionEmbedding,
        ["embed_positions"] = TensorRole.PositionEmbedding,
        ["token_type_embeddings"] = TensorRole.PositionEmbedding,
        ["pos_embed"] = TensorRole.PositionEmbedding,
        ["relative_attention_bias"] = TensorRole.PositionEmbedding,
        ["lm_head"] = TensorRole.Head,
        ["embed_out"] = TensorRole.Head,
        ["q_proj"] = TensorRole.AttentionQuery,
        ["q_b_proj"] = TensorRole.AttentionQuery,
        ["query"] = TensorRole.AttentionQuery,
        ["wq"] = TensorRole.AttentionQuery,
        ["wq_b"] = TensorRole.AttentionQuery,
        ["q"] = TensorRole.AttentionQuery,
        ["q_lin"] = TensorRole.AttentionQuery,
        ["q_a_proj"] = TensorRole.AttentionQueryDown,
        ["wq_a"] = TensorRole.AttentionQueryDown,
        ["k_proj"] = TensorRole.AttentionKey,
        ["key"] = TensorRole.AttentionKey,
        ["wk"] = TensorRole.AttentionKey,
        ["k"] = TensorRole.AttentionKey,
        ["k_lin"] = TensorRole.AttentionKey,
        ["v_proj"] = TensorRole.AttentionValue,
        ["value"] = TensorRole.AttentionValue,
        ["wv"] = TensorRole.AttentionValue,
        ["v"] = TensorRole.AttentionValue,
        ["v_lin"] = TensorRole.AttentionValue,
        ["qkv_proj"] = TensorRole.AttentionQueryKeyValue,
        ["qkv"] = TensorRole.AttentionQueryKeyValue,
        ["wqkv"] = TensorRole.AttentionQueryKeyValue,
        ["Wqkv"] = TensorRole.AttentionQueryKeyValue,
        ["c_attn"] = TensorRole.AttentionQueryKeyValue,
        ["W_pack"] = TensorRole.AttentionQueryKeyValue,
        ["query_key_value"] = TensorRole.AttentionQueryKeyValue,
        ["kv_a_proj_with_mqa"] = TensorRole.AttentionLatentDown,
        ["wkv_a"] = TensorRole.AttentionLatentDown,
        ["kv_b_proj"] = TensorRole.AttentionLatentUp,
        ["wkv_b"] = TensorRole.AttentionLatentUp,
        ["o_proj"] = TensorRole.AttentionOutput,
        ["wo"] = TensorRole.AttentionOutput,
        ["o"] = TensorRole.AttentionOutput,
        ["out_lin"] = TensorRole.AttentionOutput,
        ["sinks"] = TensorRole.AttentionExtra,
        ["gate_proj"] = TensorRole.MlpGate,
        ["wi_0"] = TensorRole.MlpGate,
        ["w1"] = TensorRole.MlpGate,
        ["up_proj"] = TensorRole.MlpUp,
        ["wi"] = TensorRole.MlpUp,
        ["wi_1"] = TensorRole.MlpUp,
        ["w3"] = TensorRole.MlpUp,
        ["fc1"] = TensorRole.MlpUp,
        ["fc_in"] = TensorRole.MlpUp,
        ["c_fc"] = TensorRole.MlpUp,
        ["lin1"] = TensorRole.MlpUp,
        ["linear_fc1"] = TensorRole.MlpUp,
        ["dense_h_to_4h"] = TensorRole.MlpUp,
        ["gate_up_proj"] = TensorRole.MlpGateUp,
        ["Wi"] = TensorRole.MlpGateUp,
        ["input_linear"] = TensorRole.MlpGateUp,
        ["down_proj"] = TensorRole.MlpDown,
        ["w2"] = TensorRole.MlpDown,
        ["fc2"] = TensorRole.MlpDown,
        ["fc_out"] = TensorRole.MlpDown,
        ["lin2"] = TensorRole.MlpDown,
        ["linear_fc2"] = TensorRole.MlpDown,
        ["dense_4h_to_h"] = TensorRole.MlpDown,
        ["output_linear"] = TensorRole.MlpDown,
        ["router"] = TensorRole.Router,
        ["shared_expert_gate"] = TensorRole.Router,
        ["e_score_correction_bias"] = TensorRole.Router,
        ["expert_bias"] = TensorRole.Router,
        ["wg"] = TensorRole.Router,
        ["in_proj_qkvz"] = TensorRole.RecurrentInput,
        ["in_proj_qkv"] = TensorRole.RecurrentInput,
        ["in_proj_ba"] = TensorRole.RecurrentInput,
        ["in_proj_z"] = TensorRole.RecurrentInput,
        ["in_proj_a"] = TensorRole.RecurrentInput,
        ["in_proj_b"] = TensorRole.RecurrentInput,
        ["x_proj"] = TensorRole.RecurrentInput,
        ["dt_proj"] = TensorRole.RecurrentInput,
        ["conv1d"] = TensorRole.RecurrentConvolution,
        ["q_conv1d"] = TensorRole.RecurrentConvolution,
        ["k_conv1d"] = TensorRole.RecurrentConvolution,
        ["v_conv1d"] = TensorRole.RecurrentConvolution,
        ["A_log"] = TensorRole.RecurrentExtra,
        ["D"] = TensorRole.RecurrentExtra,
        ["dt_bias"] = TensorRole.RecurrentExtra,
        ["patch_embed"] = TensorRole.PatchEmbedding,
        ["patch_embedding"] = TensorRole.PatchEmbedding,
        ["patch_conv"] = TensorRole.PatchEmbedding,
        ["pooler"] = TensorRole.Pooler,
        ["classifier"] = TensorRole.Pooler,
        ["score"] = TensorRole.Pooler,
        ["eh_proj"] = TensorRole.Projection,
        ["inv_freq"] = TensorRole.Buffer,
        ["original_inv_freq"] = TensorRole.Buffer,
        ["position_ids"] = TensorRole.Buffer,
        ["token_type_ids"] = TensorRole.Buffer,
        ["masked_bias"] = TensorRole.Buffer,
        ["relative_position_index"] = TensorRole.Buffer,
        ["num_batches_tracked"] = TensorRole.Buffer,
        ["freqs_cis"] = TensorRole.Buffer,
        ["freqs"] = TensorRole.Buffer,
    };

    private static readonly string[] NormMarks = ["norm", "ln_", "_ln", "LayerNorm"];

    /// <summary>The role of a tensor; <see cref="TensorRole.Extra"/> for a name that says nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">How many lengths it has.</param>
    public static TensorRole Find(SafetensorsTensorName name, int dimensions)
    {
        var module = Leaf(name);
        if (ByModule.TryGetValue(module, out var role) && role == TensorRole.Buffer)
        {
            return role;
        }

        if (IsNorm(module))
        {
            return TensorRole.Norm;
        }

        return name.Has("indexer") ? TensorRole.Indexer
            : ByPlace(name, module, dimensions) is { } placed ? placed
            : ByModule.TryGetValue(module, out role) ? InMixture(role, name)
            : TensorRole.Extra;
    }

    /// <summary>The last step of the module that is no number: <c>up_proj</c>.</summary>
    private static string Leaf(SafetensorsTensorName name)
    {
        var steps = name.ModulePattern.Split('.');
        var last = Array.FindLast(steps, step => step.Length > 0 && step != "*" && !step.All(letter => letter is >= '0' and <= '9'))
            ?? string.Empty;
        const string Bias = "_bias";
        var stem = last.EndsWith(Bias, StringComparison.Ordinal) ? last.Substring(0, last.Length - Bias.Length) : last;
        return ByModule.ContainsKey(last) || !ByModule.ContainsKey(stem) ? last : stem;
    }

    private static bool IsNorm(string module)
    {
        return module is "ln" or "ln1" or "ln2" || Array.Exists(NormMarks, mark => module.IndexOf(mark, StringComparison.Ordinal) >= 0);
    }

    // Names that mean one thing here and another there.
    private static TensorRole? ByPlace(SafetensorsTensorName name, string module, int dimensions)
    {
        var isRecurrent = name.Has("mamba", "mixer", "linear_attn", "conv", "short_conv");
        return module switch
        {
            "in_proj" => isRecurrent ? TensorRole.RecurrentInput : TensorRole.AttentionQueryKeyValue,
            "out_proj" => isRecurrent ? TensorRole.RecurrentOutput : TensorRole.AttentionOutput,
            "conv" when isRecurrent => TensorRole.RecurrentConvolution,
            "c_proj" => name.Has("mlp") ? TensorRole.MlpDown : TensorRole.AttentionOutput,
            "wo" when name.Has("DenseReluDense", "mlp") => TensorRole.MlpDown,
            "Wo" => name.Has("mlp") ? TensorRole.MlpDown : TensorRole.AttentionOutput,
            "proj" => name.Has("patch_embed") ? TensorRole.PatchEmbedding : TensorRole.AttentionOutput,
            "dense" => Dense(name),
            "gate" => name.Layer is null ? TensorRole.Extra : TensorRole.Router,
            "layer" when name.Has("router") => TensorRole.Router,
            "output" or "head" when name.Steps.Count == 2 => TensorRole.Head,

            // The causal masks of GPT-2 and GPT-NeoX: no bias has two lengths.
            "attn" or "attention" when name.Ending == "bias" && dimensions > 1 => TensorRole.Buffer,
            _ => null,
        };
    }

    private static TensorRole Dense(SafetensorsTensorName name)
    {
        return name.Has("attention", "self_attention", "self_attn") ? TensorRole.AttentionOutput
            : name.Has("pooler", "classifier", "lm_head", "predictions") ? TensorRole.Pooler
            : name.Has("intermediate") ? TensorRole.MlpUp
            : TensorRole.MlpDown;
    }

    private static TensorRole InMixture(TensorRole role, SafetensorsTensorName name)
    {
        var isShared = name.Has("shared_expert", "shared_experts", "shared_mlp");
        var isRouted = !isShared && (name.Has("experts", "local_experts") || name.Has("block_sparse_moe"));
        return role switch
        {
            TensorRole.MlpGate => isShared ? TensorRole.SharedExpertGate : isRouted ? TensorRole.ExpertGate : role,
            TensorRole.MlpUp => isShared ? TensorRole.SharedExpertUp : isRouted ? TensorRole.ExpertUp : role,
            TensorRole.MlpGateUp => isShared ? TensorRole.SharedExpertUp : isRouted ? TensorRole.ExpertGateUp : role,
            TensorRole.MlpDown => isShared ? TensorRole.SharedExpertDown : isRouted ? TensorRole.ExpertDown : role,
            _ => role,
        };
    }
}
