using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// GLM-4.5, 4.6 and 4.7, and the language model of GLM-4.5V, whose published total has no drafting module. A drafting
/// module is counted with an embedding and a head of its own, as GLM-4.5 and 4.7 store it; GLM-4.6, whose
/// configuration is the same, leaves both out of the file.
/// Source: transformers, models/glm4_moe/modular_glm4_moe.py.
/// </summary>
internal static class Glm4MoeFamily
{
    private static readonly MixtureStyle Style = new()
    {
        HasOutputBias = false,
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        NormalisesByDefault = false,
        HasCorrectionBias = true,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(Build, "glm4_moe"),
        new(config => MixtureDecoder.Read(config, Style).Build(), "glm4v_moe_text"),
    ];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, Style);
        return DraftSections.Append(
            decoder.Build(),
            config,
            modules => DraftSections.WithSharedHead(
                decoder.Dimensions,
                modules,
                DraftVocabulary.Embedding | DraftVocabulary.Head,
                decoder.Layer(window: null, decoder.Experts)));
    }
}
