using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// What convert_hf_to_gguf makes of the tensors of one layer: experts side by side in one tensor, latent projections
/// taken apart, gate and up of experts taken apart, vectors and delicate matrices in F32. Source: ggml-org/llama.cpp,
/// conversion/base.py (prepare_tensors) and the conversion of each family.
/// </summary>
internal sealed class GgufLayerConverter
{
    private static readonly string[] InFull =
    [
        "ffn_gate_inp", "position_embd", "token_types", "ssm_conv1d", "shortconv.conv", "altup_correct_coef",
        "altup_predict_coef", "indexer.proj",
    ];

    // The lists of projections that Gemma 3n has outside its layers.
    private const string AltUp = "altup_projections.";
    private const string AltUpBack = "altup_unembed_projections.";

    private readonly string _architecture;
    private readonly string _prefix;
    private readonly int? _layer;
    private readonly int _hiddenSize;
    private readonly IReadOnlyList<ModelTensor> _tensors;

    /// <summary>Prepares a layer, or what lies outside the layers.</summary>
    /// <param name="architecture">The architecture's name in GGUF.</param>
    /// <param name="prefix">What its tensors' names start with: <c>blk.3.</c></param>
    /// <param name="layer">Its number in the file, null outside the layers.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <param name="tensors">Its tensors in the checkpoint.</param>
    public GgufLayerConverter(
        string architecture, string prefix, int? layer, int hiddenSize, IReadOnlyList<ModelTensor> tensors)
    {
        _architecture = architecture;
        _prefix = prefix;
        _layer = layer;
        _hiddenSize = hiddenSize;
        _tensors = tensors;
    }

    /// <summary>The tensors in the file.</summary>
    public IEnumerable<ModelTensor> Convert()
    {
        return _tensors.SelectMany(Convert);
    }

    private IEnumerable<ModelTensor> Convert(ModelTensor tensor)
    {
        var leaf = GgufTensorNaming.LeafOf(tensor.Name);
        return tensor.RoleKind switch
        {
            TensorRole.AttentionLatentUp when leaf == "kv_b_proj" && _architecture != "minicpm3" => Latent(tensor),
            TensorRole.ExpertGateUp when _architecture is not "gemma4" => Halves(tensor),
            TensorRole.ExpertGateUp or TensorRole.ExpertDown => [Expert(tensor)],
            TensorRole.ExpertGate or TensorRole.ExpertUp => [Expert(tensor)],
            TensorRole.AttentionQueryKeyValue when GgufArchitectures.SplitsQueryKeyValue(_architecture) => Split(tensor),
            TensorRole.RecurrentInput when leaf == "in_proj_qkvz" => QueryKeyValueGate(tensor),
            TensorRole.Norm when tensor.Count > 1 => [HeadNorms(tensor)],
            TensorRole.Projection when IsPartOf(tensor, AltUp) => SideBySide(tensor, AltUp, "altup_proj"),
            TensorRole.Projection when IsPartOf(tensor, AltUpBack) => SideBySide(tensor, AltUpBack, "altup_unembd_proj"),

            // The matrices of GPT-2's layers are stored with the inputs first.
            _ when _architecture == "gpt2" && _layer is not null => [Named(tensor, StemOf(tensor), [.. tensor.Shape.Reverse()])],
            _ => [Named(tensor, StemOf(tensor), [.. WithoutOnes(tensor)])],
        };
    }

    private static bool IsPartOf(ModelTensor tensor, string list)
    {
        return tensor.Name.IndexOf(list, StringComparison.Ordinal) >= 0;
    }

    // Several matrices become one tensor, which stands where the first of them was.
    private IEnumerable<ModelTensor> SideBySide(ModelTensor tensor, string list, string stem)
    {
        var parts = _tensors.Where(other => IsPartOf(other, list)).ToList();
        return tensor == parts[0] ? [Named(tensor, stem, [parts.Count, .. tensor.Shape])] : [];
    }

    private string StemOf(ModelTensor tensor)
    {
        var stem = GgufTensorNaming.StemOf(tensor);
        return stem switch
        {
            "attn_q" when _tensors.Any(other => other.RoleKind == TensorRole.AttentionQueryDown) => "attn_q_b",
            "attn_output" when _architecture == "t5" => IsCross(tensor) ? "cross_attn_o" : "attn_o",
            "ffn_norm" when IsAfterAttention(tensor) => "post_attention_norm",
            "token_embd" when _layer is not null => "nextn.embed_tokens",
            "output" when _layer is not null => "nextn.shared_head_head",
            _ when IsCross(tensor) => $"cross_{stem}",
            _ => stem,
        };
    }

    private static bool IsCross(ModelTensor tensor)
    {
        return tensor.Name.IndexOf("EncDecAttention", StringComparison.Ordinal) >= 0;
    }

    private bool IsAfterAttention(ModelTensor tensor)
    {
        return tensor.Name.IndexOf("post_attention_layernorm", StringComparison.Ordinal) >= 0
            && (_architecture is "qwen3next" or "qwen35" or "qwen35moe" or "gpt-oss"
                || _tensors.Any(other => other.Name.IndexOf("_feedforward_layernorm", StringComparison.Ordinal) >= 0));
    }

    // [heads x (nope + value), latent] becomes keys of [heads, latent, nope] and values of [heads, value, latent].
    private IEnumerable<ModelTensor> Latent(ModelTensor tensor)
    {
        var latent = tensor.Shape[1];
        var rotary = Partner(tensor, TensorRole.AttentionLatentDown).Shape[0] - latent;
        var values = Partner(tensor, TensorRole.AttentionOutput).Shape[1];
        var plainKeys = tensor.Shape[0] - values;
        var heads = rotary > 0 ? (Partner(tensor, TensorRole.AttentionQuery).Shape[0] - plainKeys) / rotary : 0;
        if (heads <= 0)
        {
            throw Unknown(tensor);
        }

        yield return Named(tensor, "attn_k_b", heads, latent, plainKeys / heads);
        yield return Named(tensor, "attn_v_b", heads, values / heads, latent);
    }

    private IEnumerable<ModelTensor> Halves(ModelTensor tensor)
    {
        var shape = ExpertShape(tensor).ToArray();
        var axis = shape.Length == 3 ? 1 : shape.Length - 1;
        shape[axis] /= 2;
        var ending = shape.Length == 2 ? ".bias" : ".weight";
        yield return Named(tensor, "ffn_gate_exps" + ending, shape);
        yield return Named(tensor, "ffn_up_exps" + ending, shape);
    }

    private ModelTensor Expert(ModelTensor tensor)
    {
        var shape = ExpertShape(tensor).ToArray();
        return Named(tensor, GgufTensorNaming.StemOf(tensor) + (shape.Length == 2 ? ".bias" : ".weight"), shape);
    }

    // [experts, outputs, inputs]. A checkpoint with all experts in one tensor may have the last two the other way round.
    private List<long> ExpertShape(ModelTensor tensor)
    {
        List<long> shape = tensor.Count > 1 ? [tensor.Count, .. tensor.Shape] : [.. tensor.Shape];
        if (shape.Count < 3)
        {
            return shape;
        }

        var (outputs, inputs) = tensor.RoleKind == TensorRole.ExpertDown ? (shape[1], shape[2]) : (shape[2], shape[1]);
        var isTurned = tensor.Count == 1 && outputs != _hiddenSize && inputs == _hiddenSize;
        return isTurned ? [shape[0], shape[2], shape[1]] : shape;
    }

    private IEnumerable<ModelTensor> Split(ModelTensor tensor)
    {
        var queries = Partner(tensor, TensorRole.AttentionOutput).Shape[1];
        var rows = tensor.Shape[0];
        var rest = tensor.Shape.Skip(1).ToArray();
        yield return Named(tensor, "attn_q", [queries, .. rest]);
        yield return Named(tensor, "attn_k", [(rows - queries) / 2, .. rest]);
        yield return Named(tensor, "attn_v", [(rows - queries) / 2, .. rest]);
    }

    private IEnumerable<ModelTensor> QueryKeyValueGate(ModelTensor tensor)
    {
        var convolved = Partner(tensor, TensorRole.RecurrentConvolution).Shape[0];
        yield return Named(tensor, "attn_qkv", convolved, tensor.Shape[1]);
        yield return Named(tensor, "attn_gate", tensor.Shape[0] - convolved, tensor.Shape[1]);
    }

    // A normalisation for each head becomes a row of one tensor (conversion/stablelm.py).
    private ModelTensor HeadNorms(ModelTensor tensor)
    {
        var isQuery = tensor.Name.IndexOf("q_layernorm", StringComparison.Ordinal) >= 0;
        return Named(tensor, isQuery ? "attn_q_norm" : "attn_k_norm", tensor.Count, tensor.Shape[0]);
    }

    /// <summary>The tensor of the same layer whose shape tells how another one is taken apart.</summary>
    private ModelTensor Partner(ModelTensor tensor, TensorRole role)
    {
        return _tensors.FirstOrDefault(other => other.RoleKind == role && other.Shape.Count > 1) ?? throw Unknown(tensor);
    }

    private static LlmMemoryException Unknown(ModelTensor tensor)
    {
        return new LlmMemoryException(
            ErrorIds.GgufConversionUnknown,
            tensor.Name,
            $"How '{tensor.Name}' is taken apart for GGUF cannot be told: its layer lacks the tensors that say so. "
            + "Give the GGUF file of the model.");
    }

    // A convolution of [channels, 1, kernel] and a gate of [1, inputs] lose the length of one.
    private static IEnumerable<long> WithoutOnes(ModelTensor tensor)
    {
        return tensor.RoleKind is TensorRole.RecurrentConvolution or TensorRole.Router
            ? tensor.Shape.Where(length => length != 1).DefaultIfEmpty(1)
            : tensor.Shape;
    }

    private ModelTensor Named(ModelTensor tensor, string stem, params long[] shape)
    {
        var ending = stem.EndsWith(".bias", StringComparison.Ordinal) || stem.EndsWith(".weight", StringComparison.Ordinal)
            ? string.Empty
            : tensor.Name.EndsWith(".weight", StringComparison.Ordinal) ? ".weight"
            : tensor.Name.EndsWith(".bias", StringComparison.Ordinal) ? ".bias"
            : stem is "attn_sinks" or "attn_k_b" or "attn_v_b" ? ".weight"
            : string.Empty;
        var name = _prefix + stem + ending;
        return new ModelTensor(name, tensor.PartKind, tensor.RoleKind, _layer, shape, DataTypeOf(name, stem, shape))
        {
            Experts = tensor.Experts,
            ExpertsPerToken = tensor.ExpertsPerToken,
        };
    }

    private static DataType DataTypeOf(string name, string stem, long[] shape)
    {
        var isKept = shape.Length <= 1
            || !name.EndsWith(".weight", StringComparison.Ordinal)
            || name.EndsWith("_norm.weight", StringComparison.Ordinal)
            || Array.Exists(InFull, start => stem.StartsWith(start, StringComparison.Ordinal));
        return isKept ? DataTypeCatalogue.F32 : DataTypeCatalogue.F16;
    }
}
