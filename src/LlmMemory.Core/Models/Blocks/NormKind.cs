namespace LlmMemory.Models.Blocks;

/// <summary>A normalisation, as far as its weights go.</summary>
public enum NormKind
{
    /// <summary>RMSNorm, or a LayerNorm without bias: one scale for each element.</summary>
    RmsNorm,

    /// <summary>LayerNorm: a scale and a bias for each element.</summary>
    LayerNorm,

    /// <summary>A normalisation without weights.</summary>
    None,
}
