namespace LlmMemory.Quantization.Gguf;

/// <summary>What llama-quantize looks at in a model as a whole.</summary>
/// <param name="Architecture">The architecture's name in GGUF: llama, qwen3moe.</param>
/// <param name="Layers">All layers, those that draft included.</param>
/// <param name="Experts">Routed experts, 0 for a dense model.</param>
/// <param name="QueryHeadsPerKeyHead">Of the first layer; 0 where that has no keys.</param>
/// <param name="IsSeventyB">True for models of the shape of Llama 70B, whose small value projections get more bits.</param>
internal sealed record GgufModelTraits(
    string Architecture, int Layers, int Experts, int QueryHeadsPerKeyHead, bool IsSeventyB)
{
    /// <summary>True for Falcon, which has rules of its own.</summary>
    public bool IsFalcon => Architecture == "falcon";

    /// <summary>True for models of the shape of Mixtral 8x7B.</summary>
    public bool HasEightExperts => Experts == 8;

    /// <summary>True where at least four query heads share a key head, so that values are small.</summary>
    public bool HasSmallValues => QueryHeadsPerKeyHead >= 4;
}
