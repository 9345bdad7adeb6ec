using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Hybrids;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>The layers of DeepSeek's models: latent attention, and a network that is dense or a mixture of experts.</summary>
internal sealed class DeepSeekLayers
{
    private readonly int _hiddenSize;
    private readonly TokenMixer _attention;
    private readonly IReadOnlyList<bool> _sharesIndexer;
    private readonly IReadOnlyList<bool> _isDense;
    private readonly DenseMlp _mlp;
    private readonly MixtureOfExperts _experts;

    /// <summary>Reads the dimensions of both kinds of layer.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    /// <param name="traits">What the configuration does not say.</param>
    public DeepSeekLayers(ModelConfig config, DecoderDimensions dimensions, DeepSeekTraits traits)
    {
        _hiddenSize = dimensions.HiddenSize;
        _attention = config.Bool(true, "use_mla")
            ? LatentFields.Attention(config, _hiddenSize)
            : HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias"));
        _sharesIndexer = IndexerSchedule.Read(config, dimensions.Layers);
        _isDense = DenseLayers.Read(config, dimensions.Layers);
        _mlp = new DenseMlp
        {
            HiddenSize = _hiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
        };
        _experts = LatentExperts.DeepSeek(config, _hiddenSize, traits);
    }

    /// <summary>The blocks of the layer of a drafting module, which always has experts, and an indexer of its own.</summary>
    public IReadOnlyList<Block> DraftBlocks => Layer(_attention, _experts);

    /// <summary>The blocks of a layer of the decoder.</summary>
    /// <param name="index">Its number.</param>
    public IReadOnlyList<Block> Blocks(int index)
    {
        return Layer(Attention(index), _isDense[index] ? _mlp : _experts);
    }

    private TokenMixer Attention(int index)
    {
        return _attention is LatentAttention { Indexer: { } indexer } latent && _sharesIndexer[index]
            ? latent with { Indexer = indexer with { IsShared = true } }
            : _attention;
    }

    private IReadOnlyList<Block> Layer(TokenMixer attention, FeedForward network)
    {
        return
        [
            new Norm("input_layernorm", _hiddenSize),
            attention,
            new Norm("post_attention_layernorm", _hiddenSize),
            network,
        ];
    }
}
