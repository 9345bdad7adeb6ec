namespace LlmMemory.Models;

/// <summary>What a tensor does in its layer. A bias has the role of the weight that it belongs to.</summary>
public enum TensorRole
{
    /// <summary>One row for each token of the vocabulary.</summary>
    Embedding,

    /// <summary>Learned positions, token types, relative position biases.</summary>
    PositionEmbedding,

    /// <summary>From hidden states to the vocabulary.</summary>
    Head,

    /// <summary>Scales, and biases, of a normalisation.</summary>
    Norm,

    /// <summary>The query projection; with a low rank, its second half.</summary>
    AttentionQuery,

    /// <summary>The first half of a low-rank query projection.</summary>
    AttentionQueryDown,

    /// <summary>The key projection.</summary>
    AttentionKey,

    /// <summary>The value projection.</summary>
    AttentionValue,

    /// <summary>Query, key and value in one.</summary>
    AttentionQueryKeyValue,

    /// <summary>Latent attention: from the hidden state to the latent and its rotary part.</summary>
    AttentionLatentDown,

    /// <summary>Latent attention: from the latent to keys and values.</summary>
    AttentionLatentUp,

    /// <summary>The output projection.</summary>
    AttentionOutput,

    /// <summary>Gates, sinks and other small parts of attention.</summary>
    AttentionExtra,

    /// <summary>The indexer of sparse attention.</summary>
    Indexer,

    /// <summary>The gate projection of a gated feed-forward network.</summary>
    MlpGate,

    /// <summary>The up projection of a feed-forward network.</summary>
    MlpUp,

    /// <summary>Gate and up in one.</summary>
    MlpGateUp,

    /// <summary>The down projection of a feed-forward network.</summary>
    MlpDown,

    /// <summary>The gate projection of routed experts.</summary>
    ExpertGate,

    /// <summary>The up projection of routed experts.</summary>
    ExpertUp,

    /// <summary>Gate and up of routed experts in one.</summary>
    ExpertGateUp,

    /// <summary>The down projection of routed experts.</summary>
    ExpertDown,

    /// <summary>The gate projection of experts that every token passes.</summary>
    SharedExpertGate,

    /// <summary>The up projection of experts that every token passes.</summary>
    SharedExpertUp,

    /// <summary>The down projection of experts that every token passes.</summary>
    SharedExpertDown,

    /// <summary>What chooses the experts, and what weighs the shared ones.</summary>
    Router,

    /// <summary>Into a recurrent layer: the projections of Mamba, linear attention, RWKV, short convolution.</summary>
    RecurrentInput,

    /// <summary>The short convolution of a recurrent layer.</summary>
    RecurrentConvolution,

    /// <summary>Decays, time steps and other small parts of a recurrent layer.</summary>
    RecurrentExtra,

    /// <summary>Out of a recurrent layer.</summary>
    RecurrentOutput,

    /// <summary>Embeddings that every layer has of its own.</summary>
    PerLayerEmbedding,

    /// <summary>A pooler or a classifier on top.</summary>
    Pooler,

    /// <summary>Turns pixels or audio frames into the first hidden states.</summary>
    PatchEmbedding,

    /// <summary>From a tower into the language model, and joints between blocks.</summary>
    Projection,

    /// <summary>A scalar, a multiplier, or another small weight.</summary>
    Extra,

    /// <summary>What a quantised weight needs beside its codes: scales, zero points, codebooks. No parameters.</summary>
    Scale,

    /// <summary>Stored, but computed or constant: rotary frequencies, masks. No parameters.</summary>
    Buffer,

    /// <summary>A second copy of a tied weight. It lies in the file, and is not loaded twice. No parameters.</summary>
    Duplicate,

    /// <summary>The first matrix of a low-rank adapter pair.</summary>
    AdapterDown,

    /// <summary>The second matrix of a low-rank adapter pair.</summary>
    AdapterUp,
}
