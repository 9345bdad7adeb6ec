using System;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// The context as llama.cpp sets it up: what the settings become after clamping and rounding. Source:
/// ggml-org/llama.cpp v0.5.0, src/llama-context.cpp (constructor, sched_reserve, graph_reserve).
/// </summary>
internal sealed class LlamaCppContext
{
    /// <summary>llama-server's slots where nothing is said (tools/server/server.cpp).</summary>
    public const int DefaultSlots = 4;

    /// <summary>Works the context out.</summary>
    /// <param name="settings">The settings, checked.</param>
    /// <param name="trainedLength">The tokens that the model was made for.</param>
    /// <param name="isCausal">False for encoders, whose batch may be longer than the context.</param>
    public LlamaCppContext(LlamaCppSettings settings, long trainedLength, bool isCausal)
    {
        var asked = settings.ContextLength ?? trainedLength;
        Slots = settings.Slots ?? DefaultSlots;
        IsUnified = settings.UnifiedKv ?? settings.Slots is null;
        BatchSize = isCausal ? Math.Min(asked, settings.BatchSize) : settings.BatchSize;
        MicroBatchSize = Math.Min(BatchSize, settings.MicroBatchSize);
        var padded = Alignment.Up(asked, Alignment.Cells);
        SequenceLength = IsUnified ? padded : Alignment.Up(padded / Slots, Alignment.Cells);
        ContextLength = IsUnified ? padded : SequenceLength * Slots;
        MaxOutputs = OutputsOf(settings);
        Embeddings = settings.Embeddings;
        FlashAttention = settings.FlashAttention != FlashAttentionMode.Off;
    }

    /// <summary>The tokens of all caches together (n_ctx).</summary>
    public long ContextLength { get; }

    /// <summary>The longest single sequence (n_ctx_seq), and the cells of a cache's stream.</summary>
    public long SequenceLength { get; }

    /// <summary>n_batch.</summary>
    public long BatchSize { get; }

    /// <summary>n_ubatch.</summary>
    public long MicroBatchSize { get; }

    /// <summary>n_seq_max.</summary>
    public int Slots { get; }

    /// <summary>True where all slots share one stream of cells.</summary>
    public bool IsUnified { get; }

    /// <summary>The streams of each cache: one, or one for each slot.</summary>
    public int Streams => IsUnified ? 1 : Slots;

    /// <summary>n_outputs_max.</summary>
    public long MaxOutputs { get; }

    /// <summary>True where embeddings are put out beside the logits.</summary>
    public bool Embeddings { get; }

    /// <summary>True where attention is fused.</summary>
    public bool FlashAttention { get; }

    /// <summary>The tokens of the graph that memory is reserved for, before they are made a multiple of the slots.</summary>
    public long AskedTokens => Math.Min(ContextLength, MicroBatchSize);

    /// <summary>The tokens of that graph.</summary>
    public long Tokens => Alignment.Up(AskedTokens, Slots);

    /// <summary>The tokens of that graph that logits are computed for.</summary>
    public long Outputs => Math.Min(AskedTokens, MaxOutputs);

    private long OutputsOf(LlamaCppSettings settings)
    {
        var drafted = settings.Draft is null ? 0 : Math.Max(0, settings.DraftTokens);
        return settings switch
        {
            { MaxOutputs: 0 } or { MaxOutputs: null, Embeddings: true } => BatchSize,
            { MaxOutputs: { } outputs } => outputs,

            // Each slot has the token that is sampled, and those that were drafted.
            _ => Math.Max(1, Math.Min(BatchSize, Slots * (1L + drafted))),
        };
    }
}
