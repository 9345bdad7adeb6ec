using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// What llama.cpp reserves its largest graph for. Source: ggml-org/llama.cpp v0.5.0, src/llama-context.cpp
/// (sched_reserve, graph_reserve).
/// </summary>
internal sealed record GraphContext
{
    /// <summary>Takes it from what is asked.</summary>
    /// <param name="request">What is asked.</param>
    public GraphContext(ComputeRequest request)
    {
        var (settings, context) = (request.Settings, request.Context);
        Tokens = context.Tokens;
        Outputs = context.Outputs;
        Sequences = context.Slots;
        Streams = context.Streams;
        Cells = request.Caches.FullCells;
        SlidingCells = request.Caches.SlidingCells;
        FlashAttention = context.FlashAttention;
        KeyType = settings.KeyCacheType;
        ValueType = settings.ValueCacheType;
        KvOffload = settings.KvOffload;
    }

    /// <summary>The tokens of a micro batch: min(n_ctx, n_ubatch), made a multiple of <see cref="Sequences"/>.</summary>
    public long Tokens { get; }

    /// <summary>The tokens that logits are computed for: min(n_ctx, n_ubatch, n_outputs_max).</summary>
    public long Outputs { get; }

    /// <summary>The sequences that a micro batch may hold (n_seq_max).</summary>
    public int Sequences { get; }

    /// <summary>The streams of each cache: 1 where all sequences share it, else one for each.</summary>
    public int Streams { get; }

    /// <summary>The cells of a stream of the cache of layers that see everything.</summary>
    public long Cells { get; }

    /// <summary>The cells of a stream of the cache of layers that see a window.</summary>
    public long SlidingCells { get; }

    /// <summary>True where attention is one operation.</summary>
    public bool FlashAttention { get; }

    /// <summary>What keys are cached in.</summary>
    public DataType KeyType { get; }

    /// <summary>What values are cached in.</summary>
    public DataType ValueType { get; }

    /// <summary>True where caches lie with their layers, false where they stay on the host.</summary>
    public bool KvOffload { get; }

    /// <summary>The tokens of one sequence in a micro batch.</summary>
    public long SequenceTokens => Tokens / Sequences;
}
