namespace LlmMemory.Models.Blocks;

/// <summary>
/// What chooses the blocks of tokens that the attention beside it reads: a few small query heads score one key that
/// each token caches. Weights: H*n*d + H*d + 2*d. Source: vLLM, models/minimax_m3.
/// </summary>
public sealed record BlockIndexer : TokenMixer
{
    /// <inheritdoc/>
    public override string Kind => "BlockIndexer";

    /// <summary>The width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of a head, and of the key that each token caches.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The tokens of a block.</summary>
    public required int BlockTokens { get; init; }

    /// <summary>How many blocks attention reads at most.</summary>
    public required int TopBlocks { get; init; }

    internal override void WriteTensors(TensorScope scope)
    {
        var attention = scope.In("self_attn.");
        attention.Linear(TensorRole.Indexer, "index_q_proj", HiddenSize, (long)Heads * HeadSize);
        attention.Linear(TensorRole.Indexer, "index_k_proj", HiddenSize, HeadSize);
        attention.Norm("index_q_norm", HeadSize, NormKind.RmsNorm);
        attention.Norm("index_k_norm", HeadSize, NormKind.RmsNorm);
    }
}
