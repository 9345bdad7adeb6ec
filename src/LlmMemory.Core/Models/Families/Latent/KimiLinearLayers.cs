using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>The layers of Kimi Linear and Kimi K3.</summary>
internal sealed class KimiLinearLayers
{
    private readonly int _hiddenSize;
    private readonly int _firstExpertLayer;
    private readonly int _expertPeriod;
    private readonly bool _hasResidualAttention;
    private readonly HashSet<int> _deltaLayers;
    private readonly KimiDeltaAttention _delta;
    private readonly LatentAttention _latent;
    private readonly DenseMlp _mlp;
    private readonly MixtureOfExperts? _experts;

    /// <summary>Reads the dimensions of all kinds of layer.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    public KimiLinearLayers(ModelConfig config, DecoderDimensions dimensions)
    {
        var linear = config.Nested("linear_attn_config") ?? throw config.Missing("linear_attn_config");
        _hiddenSize = dimensions.HiddenSize;
        _deltaLayers = DeltaLayers(linear, dimensions.Layers);
        _firstExpertLayer = config.Count(0, "first_k_dense_replace");
        _expertPeriod = config.OptionalInt("moe_layer_freq") ?? 1;
        _hasResidualAttention = config.Has("attn_res_block_size");
        _delta = Delta(linear, _hiddenSize);
        _latent = LatentFields.Attention(config, _hiddenSize) with { HasOutputGate = config.Bool(false, "mla_use_output_gate") };
        _mlp = new DenseMlp { HiddenSize = _hiddenSize, IntermediateSize = dimensions.IntermediateSize };
        _experts = config.Has("num_experts") ? LatentExperts.Kimi(config, _hiddenSize) : null;
    }

    /// <summary>What weighs the residuals of earlier layers before a block of K3: a normalisation and one row.</summary>
    public static IReadOnlyList<Block> ResidualAttention(string name, int hiddenSize)
    {
        return [new Norm(name + "_norm", hiddenSize), new Linear(TensorRole.Extra, name + "_proj", hiddenSize, 1)];
    }

    /// <summary>The blocks of a layer.</summary>
    public IReadOnlyList<Block> Blocks(int index)
    {
        TokenMixer mixer = _deltaLayers.Contains(index) ? _delta : _latent;
        var isExpertLayer = index >= _firstExpertLayer && index % _expertPeriod == 0;
        return
        [
            .. _hasResidualAttention ? ResidualAttention("self_attention_res", _hiddenSize) : [],
            new Norm("input_layernorm", _hiddenSize),
            mixer,
            .. _hasResidualAttention ? ResidualAttention("mlp_res", _hiddenSize) : [],
            new Norm("post_attention_layernorm", _hiddenSize),
            _experts is not null && isExpertLayer ? _experts : _mlp,
        ];
    }

    /// <summary>The layers with delta attention, from 0; the configuration counts them, or the others, from 1.</summary>
    private static HashSet<int> DeltaLayers(ModelConfig linear, int layers)
    {
        if (linear.IntList("kda_layers") is { } numbers)
        {
            return [.. numbers.Select(number => number - 1)];
        }

        var others = linear.IntList("full_attn_layers") ?? throw linear.Missing("kda_layers", "full_attn_layers");
        HashSet<int> all = [.. Enumerable.Range(0, layers)];
        all.ExceptWith(others.Select(number => number - 1));
        return all;
    }

    private static KimiDeltaAttention Delta(ModelConfig linear, int hiddenSize)
    {
        return new KimiDeltaAttention
        {
            HiddenSize = hiddenSize,
            Heads = linear.Int("num_heads"),
            HeadSize = linear.Int("head_dim"),
            ConvolutionKernel = linear.Int("short_conv_kernel_size"),
            HasFullRankGate = linear.Bool(false, "use_full_rank_gate"),
        };
    }
}
