using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>Latent attention, as the configurations that follow DeepSeek's describe it.</summary>
internal static class LatentFields
{
    /// <summary>Reads the attention, with its indexer where the configuration has one.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="hiddenSize">The width of the hidden states.</param>
    /// <exception cref="Errors.LlmMemoryException">A dimension is missing or no number.</exception>
    public static LatentAttention Attention(ModelConfig config, int hiddenSize)
    {
        var indexer = Indexer(config);
        return new LatentAttention
        {
            HiddenSize = hiddenSize,
            Heads = config.Int("num_attention_heads"),
            QueryLoraRank = indexer is null ? config.OptionalInt("q_lora_rank") : config.Int("q_lora_rank"),
            KeyValueLoraRank = config.Int("kv_lora_rank"),
            QkNopeHeadSize = config.Int("qk_nope_head_dim"),
            QkRopeHeadSize = config.Int("qk_rope_head_dim"),
            ValueHeadSize = config.Int("v_head_dim"),
            Bias = config.Bool(false, "attention_bias"),
            Indexer = indexer,
        };
    }

    private static SparseIndexer? Indexer(ModelConfig config)
    {
        return config.OptionalInt("index_n_heads") is { } heads
            ? new SparseIndexer(heads, config.Int("index_head_dim"), config.Int("index_topk"))
            : null;
    }
}
