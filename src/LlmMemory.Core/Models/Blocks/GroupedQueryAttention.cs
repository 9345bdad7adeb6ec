namespace LlmMemory.Models.Blocks;

/// <summary>
/// Attention with query, key and value heads: multi-head where there are as many key as query heads, multi-query
/// where there is one, grouped-query between them. Sizes are for the whole model, not for a rank.
/// </summary>
public sealed record GroupedQueryAttention : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => Window switch
    {
        null => "Full",
        _ => IsChunked ? "Chunked" : "SlidingWindow",
    };

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key heads, and as many value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>The width of a query or key head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The width of a value head; <see cref="HeadSize"/> when null.</summary>
    public int? ValueHeadSize { get; init; }

    /// <summary>The width that the output projection leads to; <see cref="HiddenSize"/> when null.</summary>
    public int? OutputSize { get; init; }

    /// <summary>The tokens that a token sees at most; null where it sees all.</summary>
    public int? Window { get; init; }

    /// <summary>True where the window is a fixed chunk that the token stands in, not one that slides along.</summary>
    public bool IsChunked { get; init; }

    /// <summary>True where query, key and value have a bias.</summary>
    public bool QkvBias { get; init; }

    /// <summary>True where keys have no bias although queries and values have one, as in Whisper.</summary>
    public bool KeyWithoutBias { get; init; }

    /// <summary>True where the output projection has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>True where the value is the key: the layer has no projection for it. Both are still cached.</summary>
    public bool ValueIsKey { get; init; }

    /// <summary>True where the query projection is twice as wide, and its second half gates the output.</summary>
    public bool HasOutputGate { get; init; }

    /// <summary>True where each head has a sink, one weight.</summary>
    public bool HasSinks { get; init; }

    /// <summary>How queries and keys are normalised.</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>Which weights that normalisation has.</summary>
    public NormKind QueryKeyNormKind { get; init; }

    /// <summary>The layer whose keys and values this one reads; null where it has its own.</summary>
    public int? SharesKeyValueOf { get; init; }

    /// <summary>The names of the tensors in the checkpoint.</summary>
    public AttentionNames Names { get; init; } = AttentionNames.Llama;

    private long QueryWidth => (long)Heads * HeadSize * (HasOutputGate ? 2 : 1);

    private long KeyWidth => (long)KeyValueHeads * HeadSize;

    private long ValueWidth => (long)KeyValueHeads * (ValueHeadSize ?? HeadSize);

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In(Names.Prefix) with { StoresInputsFirst = Names.StoresInputsFirst };
        WriteProjections(attention);
        attention.Linear(
            TensorRole.AttentionOutput, Names.Output, (long)Heads * (ValueHeadSize ?? HeadSize), OutputSize ?? HiddenSize, OutputBias);
        WriteQueryKeyNorm(attention);
        if (HasSinks)
        {
            attention.Add(TensorRole.AttentionExtra, Names.Sinks, Heads);
        }
    }

    private void WriteProjections(TensorScope attention)
    {
        if (Names.QueryKeyValue is not null)
        {
            var width = QueryWidth + KeyWidth + (ValueIsKey ? 0 : ValueWidth);
            attention.Linear(TensorRole.AttentionQueryKeyValue, Names.QueryKeyValue, HiddenSize, width, QkvBias);
            return;
        }

        attention.Linear(TensorRole.AttentionQuery, Names.Query, HiddenSize, QueryWidth, QkvBias);
        if (SharesKeyValueOf is not null && !Names.KeepsSharedProjections)
        {
            return;
        }

        attention.Linear(TensorRole.AttentionKey, Names.Key, HiddenSize, KeyWidth, QkvBias && !KeyWithoutBias);
        if (!ValueIsKey)
        {
            attention.Linear(TensorRole.AttentionValue, Names.Value, HiddenSize, ValueWidth, QkvBias);
        }
    }

    private void WriteQueryKeyNorm(TensorScope attention)
    {
        switch (QueryKeyNorm)
        {
            case QueryKeyNorm.SharedByHeads:
                attention.Norm(Names.QueryNorm, HeadSize, QueryKeyNormKind);
                attention.Norm(Names.KeyNorm, HeadSize, QueryKeyNormKind);
                break;
            case QueryKeyNorm.PerHead:
                attention.Norm(Names.QueryNorm, (long)Heads * HeadSize, QueryKeyNormKind);
                attention.Norm(Names.KeyNorm, KeyWidth, QueryKeyNormKind);
                break;
            case QueryKeyNorm.OnePerHead:
                (attention with { Count = attention.Count * Heads }).Norm(Names.QueryNorm, HeadSize, QueryKeyNormKind);
                (attention with { Count = attention.Count * KeyValueHeads }).Norm(Names.KeyNorm, HeadSize, QueryKeyNormKind);
                break;
        }
    }
}
