namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// The kinds of tensors that llama-quantize tells apart, by parts of their names. Source: ggml-org/llama.cpp,
/// src/llama-quant.cpp (tensor_get_category).
/// </summary>
internal enum GgufTensorCategory
{
    /// <summary>Everything else.</summary>
    Other,

    /// <summary>The token embedding, and the one that every layer has of its own.</summary>
    Embedding,

    /// <summary>The head.</summary>
    Output,

    /// <summary>The query projection.</summary>
    AttentionQuery,

    /// <summary>The key projection.</summary>
    AttentionKey,

    /// <summary>The value projection, alone or fused: it matters most.</summary>
    AttentionValue,

    /// <summary>The output projection of attention.</summary>
    AttentionOutput,

    /// <summary>Gates of feed-forward networks, experts included.</summary>
    FeedForwardGate,

    /// <summary>Up projections of feed-forward networks, experts included.</summary>
    FeedForwardUp,

    /// <summary>Down projections of feed-forward networks, experts included.</summary>
    FeedForwardDown,
}
