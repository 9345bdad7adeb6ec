namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// What is alive beside an operation's own operands, in hidden states and in queries of all heads. Most architectures
/// hold the residual, the normalised states and a hole as wide as the queries; those that compute attention and
/// network side by side, or fuse projections, hold something else. Source: the order of operations in
/// ggml-org/llama.cpp v0.5.0, src/models/*.cpp, checked against the buffers that llama.cpp reports.
/// </summary>
/// <param name="NetworkHidden">Hidden states beside the feed-forward network.</param>
/// <param name="NetworkQueries">Queries beside it.</param>
/// <param name="AttentionHidden">Hidden states beside attention that is not fused.</param>
/// <param name="AttentionQueries">Queries beside it.</param>
/// <param name="LogitsHidden">Hidden states beside the logits.</param>
internal sealed record GraphResidue(
    int NetworkHidden, int NetworkQueries, int AttentionHidden, int AttentionQueries, int LogitsHidden)
{
    private static readonly GraphResidue Usual = new(2, 1, 2, 2, 1);

    /// <summary>What an architecture holds.</summary>
    /// <param name="architecture">Its name in GGUF.</param>
    public static GraphResidue Of(string architecture)
    {
        return architecture switch
        {
            "phi3" => new GraphResidue(2, 0, 2, 0, 1),
            "cohere2" or "command-r" => new GraphResidue(4, 0, 3, 0, 1),
            "llama4" => new GraphResidue(4, 0, 4, 0, 1),
            "qwen3next" or "qwen35" or "qwen35moe" => new GraphResidue(3, 0, 1, 4, 3),
            "granitehybrid" => new GraphResidue(4, 0, 2, 2, 1),
            "falcon-h1" or "gpt-oss" or "mamba" or "mamba2" => Usual with { LogitsHidden = 2 },
            _ => Usual,
        };
    }
}
