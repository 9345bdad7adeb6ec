namespace LlmMemory.Models.Blocks;

/// <summary>How a checkpoint stores the projections and convolutions of a gated delta net. The weights are the same in all.</summary>
public enum GatedDeltaLayout
{
    /// <summary>Two: query, key, value and gate in one, the two small ones in another (Qwen3-Next).</summary>
    Fused,

    /// <summary>Four: query, key and value in one, the gate and the two small ones apart (Qwen3.5).</summary>
    Split,

    /// <summary>Six, each apart, with a convolution each for query, key and value (OLMo Hybrid as it is released).</summary>
    Separate,
}
