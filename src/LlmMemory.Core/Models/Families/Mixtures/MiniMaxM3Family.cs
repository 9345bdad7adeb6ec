using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// MiniMax-M3: after a few dense layers, experts, and attention that reads the blocks of tokens which an indexer
/// chose. The checkpoint has none of the drafting modules that its configuration counts: NVIDIA's audit of
/// MiniMaxAI/MiniMax-M3 (Megatron Bridge, model verification) lists 23,416 tensors of 427,040,140,160 values, and
/// language model, vision tower and projectors make up all of them. Sources: vLLM, models/minimax_m3; the names in
/// nvidia/MiniMax-M3-NVFP4, hf_quant_config.json.
/// </summary>
internal static class MiniMaxM3Family
{
    private const string DisabledValues = "sparse_disable_index_value";

    private static readonly MixtureNames Names = MixtureNames.Mixtral with { Shared = new() { Prefix = "shared_experts." } };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "minimax_m3")];

    private static LanguageModel Build(ModelConfig config)
    {
        if (config.Bool(false, "attention_output_gate"))
        {
            throw config.Invalid("attention_output_gate", "asks for a gate, and how a MiniMax-M3 with one is built is not known");
        }

        var dimensions = DecoderDimensions.Read(config);
        var attention = Attention(config, dimensions);
        var dense = new DenseMlp { HiddenSize = dimensions.HiddenSize, IntermediateSize = config.Int("dense_intermediate_size") };
        var experts = Experts(config, dimensions.HiddenSize);
        var hasExperts = LayerFlags.Read(config, "moe_layer_freq", dimensions.Layers);
        var indexers = Indexers(config, dimensions);
        return DecoderFrame.Llama.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            .. indexers[index] is { } indexer ? [indexer] : Enumerable.Empty<Block>(),
            attention,
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            hasExperts[index] ? experts : dense,
        ]);
    }

    private static GroupedQueryAttention Attention(ModelConfig config, DecoderDimensions dimensions)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = config.Int("num_attention_heads"),
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QueryKeyNorm = config.Bool(true, "use_qk_norm") ? QueryKeyNormOf(config) : QueryKeyNorm.None,
        };
    }

    private static QueryKeyNorm QueryKeyNormOf(ModelConfig config)
    {
        return config.OptionalText("qk_norm_type") is null or "per_head"
            ? QueryKeyNorm.SharedByHeads
            : throw config.Invalid("qk_norm_type", "is not known for MiniMax-M3; its models have per_head");
    }

    private static MixtureOfExperts Experts(ModelConfig config, int hiddenSize)
    {
        return MixtureFields.Read(config, hiddenSize, config.Int("intermediate_size")) with
        {
            RouterDataType = DataTypeCatalogue.F32,
            HasCorrectionBias = config.Bool(true, "use_routing_bias"),
            SharedIntermediateSize = config.Count(0, "n_shared_experts") * config.Count(0, "shared_intermediate_size"),
            Names = Names,
        };
    }

    /// <summary>The indexer of each layer, null for a layer whose attention reads all tokens.</summary>
    private static BlockIndexer?[] Indexers(ModelConfig config, DecoderDimensions dimensions)
    {
        var sparse = config.Nested("sparse_attention_config");
        if (sparse is null || !sparse.Bool(true, "use_sparse_attention"))
        {
            return new BlockIndexer?[dimensions.Layers];
        }

        var isSparse = LayerFlags.Read(sparse, "sparse_attention_freq", dimensions.Layers);
        var isWithoutValue = LayerFlags.Read(sparse, DisabledValues, dimensions.Layers);
        if (isSparse.Where((layer, index) => layer && !isWithoutValue[index]).Any())
        {
            throw sparse.Invalid(DisabledValues, "asks for values in an indexer, and how a MiniMax-M3 with them is built is not known");
        }

        var indexer = Indexer(sparse, dimensions.HiddenSize);
        return [.. isSparse.Select(layer => layer ? indexer : null)];
    }

    private static BlockIndexer Indexer(ModelConfig sparse, int hiddenSize)
    {
        return new BlockIndexer
        {
            HiddenSize = hiddenSize,
            Heads = sparse.Int("sparse_num_index_heads"),
            HeadSize = sparse.Int("sparse_index_dim"),
            BlockTokens = sparse.Int("sparse_block_size"),
            TopBlocks = sparse.Int("sparse_topk_blocks"),
        };
    }
}
