using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>The layers of DeepSeek-V4, which differ in how much they compress and in how they choose experts.</summary>
internal sealed class DeepSeekV4Layers
{
    // The compression whose spans overlap, and that has an indexer.
    private const int SparseRatio = 4;

    private readonly DecoderDimensions _dimensions;
    private readonly IReadOnlyList<int> _ratios;
    private readonly int _streams;
    private readonly int _tableLayers;
    private readonly CompressedAttention _attention;
    private readonly SparseIndexer _indexer;
    private readonly MixtureOfExperts _experts;

    /// <summary>Reads the dimensions of all kinds of layer.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="dimensions">The dimensions read from it.</param>
    /// <param name="streams">The residual streams.</param>
    /// <param name="modules">The drafting modules, whose layers come after the decoder's.</param>
    public DeepSeekV4Layers(ModelConfig config, DecoderDimensions dimensions, int streams, int modules)
    {
        _dimensions = dimensions;
        _streams = streams;
        _ratios = Ratios(config, dimensions.Layers + modules);
        _tableLayers = config.Count(0, "num_hash_layers");
        _attention = Attention(config, dimensions);
        _indexer = new SparseIndexer(config.Int("index_n_heads"), config.Int("index_head_dim"), config.Int("index_topk"));
        _experts = LatentExperts.DeepSeekV4(config, dimensions.HiddenSize);
    }

    /// <summary>The blocks of a layer.</summary>
    /// <param name="index">Its number; those of drafting modules go on where the decoder's end.</param>
    public IReadOnlyList<Block> Blocks(int index)
    {
        var hiddenSize = _dimensions.HiddenSize;
        var hasTable = index < _tableLayers;
        Block[] table = [new ExpertTable("ffn.gate.tid2eid", _dimensions.VocabularySize, _experts.ExpertsPerToken)];
        return
        [
            new HyperConnection("hc_attn", _streams, hiddenSize),
            new Norm("attn_norm", hiddenSize),
            AttentionOf(_ratios[index]),
            new HyperConnection("hc_ffn", _streams, hiddenSize),
            new Norm("ffn_norm", hiddenSize),
            .. hasTable ? table : [],
            _experts with { HasCorrectionBias = !hasTable },
        ];
    }

    private static IReadOnlyList<int> Ratios(ModelConfig config, int layers)
    {
        const string Name = "compress_ratios";
        var ratios = config.IntList(Name) ?? throw config.Missing(Name);
        return ratios.Count >= layers
            ? ratios
            : throw config.Invalid(Name, $"has {ratios.Count} entries and the model {layers} layers, drafting modules included");
    }

    private static CompressedAttention Attention(ModelConfig config, DecoderDimensions dimensions)
    {
        return new CompressedAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = config.Int("num_attention_heads"),
            HeadSize = config.Int("head_dim"),
            RotarySize = config.Int("qk_rope_head_dim"),
            QueryLoraRank = config.Int("q_lora_rank"),
            OutputGroups = config.Int("o_groups"),
            OutputLoraRank = config.Int("o_lora_rank"),
            Window = config.Int("sliding_window"),
        };
    }

    private CompressedAttention AttentionOf(int ratio)
    {
        var isSparse = ratio == SparseRatio;
        return _attention with
        {
            Compressor = ratio == 0 ? null : new TokenCompressor(ratio, _attention.HeadSize, isSparse),
            Indexer = isSparse ? _indexer : null,
        };
    }
}
