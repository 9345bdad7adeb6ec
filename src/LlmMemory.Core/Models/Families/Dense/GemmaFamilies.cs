using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Gemma 1 to 3. Sources: transformers, models/gemma, gemma2 and gemma3 (modeling_*.py, configuration_*.py); Gemma 3n
/// and 4 have families of their own.
/// </summary>
internal static class GemmaFamilies
{
    /// <summary>Gemma 1: Llama with wider heads, tied.</summary>
    public static DecoderStyle Gemma { get; } = new()
    {
        Frame = DecoderFrame.Llama with { TiesByDefault = true },
        HeadSize = 256,
        MlpBias = ConfigSwitch.Off,
    };

    /// <summary>Gemma 2: a normalisation around each block, every other layer sees a window.</summary>
    public static DecoderStyle Gemma2 { get; } = Gemma with
    {
        Norms = LayerNorms.Sandwich,
        Windows = new() { Window = 4096, Pattern = 2 },
    };

    /// <summary>Gemma 3: queries and keys normalised, five layers with a window for one without.</summary>
    public static DecoderStyle Gemma3 { get; } = Gemma2 with
    {
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        Windows = new() { Window = 4096, Pattern = 6 },
    };

    /// <summary>All three.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Gemma.For("gemma"),
        Gemma2.For("gemma2"),
        Gemma3.For("gemma3_text"),
    ];
}
