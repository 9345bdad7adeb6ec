namespace LlmMemory.Models.Blocks;

/// <summary>
/// Multi-head latent attention: keys and values are made from one latent of low rank, and only the latent and one
/// rotary key, which all heads share, have to be kept for a token. Sizes are for the whole model, not for a rank.
/// Sources: DeepSeek-AI, arXiv 2405.04434, section 2.1; transformers, models/deepseek_v3/modeling_deepseek_v3.py.
/// </summary>
public sealed record LatentAttention : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => "Latent";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The rank of the query projection; null where one matrix leads straight to the queries.</summary>
    public int? QueryLoraRank { get; init; }

    /// <summary>The width of the latent that keys and values are made from.</summary>
    public required int KeyValueLoraRank { get; init; }

    /// <summary>The width of a query or key head, as far as it has no rotary positions.</summary>
    public required int QkNopeHeadSize { get; init; }

    /// <summary>
    /// The width of the rotary part of a query or key head; the key's is the same for all heads. It is there, and
    /// cached, in models without positions too (Kimi Linear).
    /// </summary>
    public required int QkRopeHeadSize { get; init; }

    /// <summary>The width of a value head.</summary>
    public required int ValueHeadSize { get; init; }

    /// <summary>True where what leads from the hidden states, and back to them, has a bias.</summary>
    public bool Bias { get; init; }

    /// <summary>True where a gate of its own, as wide as all value heads, weighs the output (Kimi K3).</summary>
    public bool HasOutputGate { get; init; }

    /// <summary>What chooses the tokens that are read; null where all are.</summary>
    public SparseIndexer? Indexer { get; init; }

    /// <summary>What stands before the names of its tensors.</summary>
    public string Prefix { get; init; } = "self_attn.";

    /// <summary>The elements that a token leaves in the cache of a layer: the latent and the rotary key.</summary>
    public int CacheElements => KeyValueLoraRank + QkRopeHeadSize;

    private long QueryWidth => (long)Heads * (QkNopeHeadSize + QkRopeHeadSize);

    private long ValueWidth => (long)Heads * ValueHeadSize;

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Prefix);
        WriteQuery(attention);
        attention.Linear(TensorRole.AttentionLatentDown, "kv_a_proj_with_mqa", HiddenSize, CacheElements, Bias);
        attention.Norm("kv_a_layernorm", KeyValueLoraRank, NormKind.RmsNorm);
        attention.Linear(
            TensorRole.AttentionLatentUp, "kv_b_proj", KeyValueLoraRank, ((long)Heads * QkNopeHeadSize) + ValueWidth);
        if (HasOutputGate)
        {
            attention.Linear(TensorRole.AttentionExtra, "g_proj", HiddenSize, ValueWidth);
        }

        attention.Linear(TensorRole.AttentionOutput, "o_proj", ValueWidth, HiddenSize, Bias);
        Indexer?.WriteTensors(attention, HiddenSize, QueryLoraRank ?? HiddenSize);
    }

    private void WriteQuery(TensorScope attention)
    {
        if (QueryLoraRank is not { } rank)
        {
            attention.Linear(TensorRole.AttentionQuery, "q_proj", HiddenSize, QueryWidth);
            return;
        }

        attention.Linear(TensorRole.AttentionQueryDown, "q_a_proj", HiddenSize, rank, Bias);
        attention.Norm("q_a_layernorm", rank, NormKind.RmsNorm);
        attention.Linear(TensorRole.AttentionQuery, "q_b_proj", rank, QueryWidth);
    }
}
