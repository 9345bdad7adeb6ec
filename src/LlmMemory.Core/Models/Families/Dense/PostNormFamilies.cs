using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// OLMo and EXAONE 4: OLMo 1 normalises without weights, the later ones after attention and after the feed-forward
/// network. Sources: transformers, models/olmo, olmo2, olmo3 and exaone4.
/// </summary>
internal static class PostNormFamilies
{
    private static readonly DecoderStyle Olmo2 = new()
    {
        Norms = LayerNorms.After,
        QueryKeyNorm = QueryKeyNorm.PerHead,
        MlpBias = ConfigSwitch.Off,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new DecoderStyle { Norms = LayerNorms.Llama with { Kind = NormKind.None }, MlpBias = ConfigSwitch.Off }.For("olmo"),
        Olmo2.For("olmo2"),
        (Olmo2 with { Windows = new() { Window = 4096, Pattern = 4 } }).For("olmo3"),

        // Released configurations name the window, or say null where a model has none.
        new DecoderStyle
        {
            Norms = LayerNorms.After,
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            QkvBias = ConfigSwitch.Off,
            MlpBias = ConfigSwitch.Off,
            Windows = new() { Pattern = 4 },
        }.For("exaone4", "exaone4_5_text"),
    ];
}
