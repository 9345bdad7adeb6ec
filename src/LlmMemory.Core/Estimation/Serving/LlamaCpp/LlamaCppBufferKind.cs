namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>What a buffer of llama.cpp holds.</summary>
public enum LlamaCppBufferKind
{
    /// <summary>Weights: "model buffer" in the log.</summary>
    Model,

    /// <summary>Keys and values of layers that see everything: "KV buffer".</summary>
    KvCache,

    /// <summary>Keys and values of layers with a window: "KV buffer" of the SWA cache.</summary>
    SlidingKvCache,

    /// <summary>States of recurrences: "RS buffer".</summary>
    RecurrentState,

    /// <summary>Logits that are handed out: "output buffer".</summary>
    Output,

    /// <summary>Whatever lies between the operations: "compute buffer".</summary>
    Compute,

    /// <summary>What llama.cpp does not log: the driver, its libraries, weights that are stored a second time.</summary>
    Overhead,
}
