using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Command R, R7B and A: one LayerNorm without bias for attention and the feed-forward network side by side. Sources:
/// transformers, models/cohere and cohere2.
/// </summary>
internal static class CohereFamilies
{
    private static readonly DecoderStyle Cohere = new()
    {
        Frame = new() { TiesByDefault = true },
        Norms = LayerNorms.Shared,
        MlpBias = ConfigSwitch.Off,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        (Cohere with { QueryKeyNorm = QueryKeyNorm.PerHead, HasQueryKeyNorm = new(false, "use_qk_norm") }).For("cohere"),
        (Cohere with { Windows = new() { Window = 4096, Pattern = 4 } }).For("cohere2"),
    ];
}
