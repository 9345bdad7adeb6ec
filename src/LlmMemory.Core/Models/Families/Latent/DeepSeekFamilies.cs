using System.Collections.Generic;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// DeepSeek-V2, V3 and V3.2, and the models that are built like them: Kimi K2, GLM-4.7-Flash, GLM-5, Mistral Small 4.
/// Latent attention, then a dense network in the first layers and a mixture of experts in the others. Sources:
/// transformers, models/{deepseek_v2, deepseek_v3, deepseek_v32, glm4_moe_lite, glm_moe_dsa, mistral4}/modular_*.py, and
/// mistral4/convert_mistral4_weight_to_hf.py; the counts are checked against published totals.
/// </summary>
internal static class DeepSeekFamilies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => Build(config, new DeepSeekTraits { CorrectsScores = false }), "deepseek_v2"),
        new(config => Build(config, new DeepSeekTraits()), "deepseek_v3", "deepseek_v32", "kimi_k2", "glm4_moe_lite"),

        // GLM-5's drafting module takes both from the language model: the published total has them once.
        new(config => Build(config, new DeepSeekTraits { Drafts = DraftVocabulary.None }), "glm_moe_dsa"),
        new(config => Build(config, new DeepSeekTraits { CorrectsScores = false, StacksExperts = true }), "mistral4"),
    ];

    private static LanguageModel Build(ModelConfig config, DeepSeekTraits traits)
    {
        var dimensions = DecoderDimensions.Read(config);
        var layers = new DeepSeekLayers(config, dimensions, traits);
        var model = DecoderFrame.Llama.Around(config, dimensions, layers.Blocks);
        return DraftSections.Append(
            model, config, modules => DraftSections.WithSharedHead(dimensions, modules, traits.Drafts, layers.DraftBlocks));
    }
}
