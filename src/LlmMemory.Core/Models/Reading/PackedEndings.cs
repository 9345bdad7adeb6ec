using System;
using System.Collections.Generic;

namespace LlmMemory.Models.Reading;

/// <summary>
/// What quantised checkpoints call the tensors of a module. Sources: AutoGPTQ and AutoAWQ (qweight, qzeros, scales,
/// g_idx), bitsandbytes/functional.py QuantState.as_dict and nn/modules.py (absmax, quant_map, SCB), vllm-project/
/// compressed-tensors (weight_packed, weight_shape, weight_zero_point, *_global_scale), NVIDIA TensorRT-Model-Optimizer
/// (weight_scale, weight_scale_2, input_scale), huggingface/transformers, integrations/mxfp4.py (_blocks, _scales) and
/// integrations/finegrained_fp8.py (weight_scale_inv), dropbox/hqq, hqq/core/quantize.py (W_q, scale, zero), Vahe1994/AQLM,
/// inference_lib/src/aqlm/inference.py (codes, codebooks, scales).
/// </summary>
internal static class PackedEndings
{
    private static readonly HashSet<string> Weights = new(StringComparer.Ordinal) { "weight", "bias", "qweight", "weight_packed", "W_q", "codes" };

    // No weight of any model is called like these.
    private static readonly HashSet<string> Scales = new(StringComparer.Ordinal)
    {
        "qzeros", "g_idx", "SCB", "weight_format",
        "weight_scale", "weight_scale_inv", "weight_scale_2", "weight_global_scale", "weight_zero_point", "weight_shape",
        "weight_g_idx", "input_scale", "input_global_scale", "input_zero_point", "output_scale", "activation_scale",
        "pre_quant_scale", "k_scale", "v_scale", "q_scale", "kv_scale", "prob_output_scale",
    };

    // Scales beside a packed weight, and weights of the model anywhere else.
    private static readonly HashSet<string> ScalesBesideCodes = new(StringComparer.Ordinal)
    {
        "scales", "biases", "scale", "zero", "codebooks",

        // What HQQ writes about a weight.
        "nbits", "group_size", "shape", "axis", "packing", "unpack_view_dtype", "view_as_float", "compute_dtype", "channel_wise",
        "optimize", "round_zero", "quant_scale", "quant_zero", "offload_meta", "stores_quant_config", "encoded_state_dict",
    };

    /// <summary>How a tensor that is a module by itself - the experts of a layer in one - says what belongs to it.</summary>
    public static string[] Suffixes { get; } =
        ["_blocks", "_scales", "_weight_scale_inv", "_weight_scale", "_scale_inv", "_input_scale", "_scale_2", "_scale"];

    /// <summary>True for the last step of a name that is not the module itself.</summary>
    public static bool IsEnding(string step)
    {
        return Weights.Contains(step) || Scales.Contains(step) || ScalesBesideCodes.Contains(step);
    }

    /// <summary>True for what is no weight, whatever it stands beside.</summary>
    public static bool IsScale(string ending)
    {
        return Scales.Contains(ending) || ending.StartsWith("weight.", StringComparison.Ordinal);
    }

    /// <summary>True for what is no weight where it stands beside codes.</summary>
    public static bool IsScaleBesideCodes(string ending)
    {
        return ScalesBesideCodes.Contains(ending) || (ending != "_blocks" && Array.IndexOf(Suffixes, ending) >= 0);
    }
}
