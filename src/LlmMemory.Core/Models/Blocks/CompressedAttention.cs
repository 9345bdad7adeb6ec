using LlmMemory.DataTypes;

namespace LlmMemory.Models.Blocks;

/// <summary>
/// The attention of DeepSeek-V4: one key for all heads, which is the value too, in a sliding window; and for the
/// tokens before it one key for each span of several, of which an indexer may choose. The output projection is of low
/// rank, for a group of heads at a time. Sources: transformers, models/deepseek_v4/modular_deepseek_v4.py; the names
/// are those of the checkpoints of deepseek-ai.
/// </summary>
public sealed record CompressedAttention : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => Compressor is null ? "SlidingWindow" : "Compressed";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of a query head, and of the one key.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The part of a head that has rotary positions; it belongs to <see cref="HeadSize"/>.</summary>
    public required int RotarySize { get; init; }

    /// <summary>The rank of the query projection.</summary>
    public required int QueryLoraRank { get; init; }

    /// <summary>The groups of heads whose output is projected together.</summary>
    public required int OutputGroups { get; init; }

    /// <summary>The rank of a group's output.</summary>
    public required int OutputLoraRank { get; init; }

    /// <summary>The tokens that a token sees as they are.</summary>
    public required int Window { get; init; }

    /// <summary>What makes one key of several tokens; null where nothing before the window is seen.</summary>
    public TokenCompressor? Compressor { get; init; }

    /// <summary>What chooses among the compressed keys, with a compressor of its own; null where all are read.</summary>
    public SparseIndexer? Indexer { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "attn.";

    private long Width => (long)Heads * HeadSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Prefix);
        attention.Linear(TensorRole.AttentionQueryDown, "wq_a", HiddenSize, QueryLoraRank);
        attention.Norm("q_norm", QueryLoraRank, NormKind.RmsNorm);
        attention.Linear(TensorRole.AttentionQuery, "wq_b", QueryLoraRank, Width);
        attention.Linear(TensorRole.AttentionKey, "wkv", HiddenSize, HeadSize);
        attention.Norm("kv_norm", HeadSize, NormKind.RmsNorm);
        var rank = (long)OutputGroups * OutputLoraRank;
        attention.Linear(TensorRole.AttentionOutput, "wo_a", Width / OutputGroups, rank);
        attention.Linear(TensorRole.AttentionOutput, "wo_b", rank, HiddenSize);
        attention.AddStoredAs(DataTypeCatalogue.F32, TensorRole.AttentionExtra, "attn_sink", Heads);
        Compressor?.WriteTensors(attention, TensorRole.AttentionExtra, HiddenSize);
        WriteIndexer(attention.In("indexer."));
    }

    private void WriteIndexer(TensorScope indexer)
    {
        if (Indexer is null || Compressor is null)
        {
            return;
        }

        indexer.Linear(TensorRole.Indexer, "wq_b", QueryLoraRank, (long)Indexer.Heads * Indexer.HeadSize);
        indexer.Linear(TensorRole.Indexer, "weights_proj", HiddenSize, Indexer.Heads);
        (Compressor with { HeadSize = Indexer.HeadSize }).WriteTensors(indexer, TensorRole.Indexer, HiddenSize);
    }
}
