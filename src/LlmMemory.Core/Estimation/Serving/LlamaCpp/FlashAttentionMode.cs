namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Whether llama.cpp computes attention in one fused operation (<c>--flash-attn</c>).</summary>
public enum FlashAttentionMode
{
    /// <summary>Where the device can, which CPU and CUDA do for every head size that models have.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: the scores of all heads are kept, and a value cache cannot be quantised.</summary>
    Off,
}
