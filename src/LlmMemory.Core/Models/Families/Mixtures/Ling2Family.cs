using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Ling 2 and Ring 2, and LLaDA 2, which is Ling 2 trained to fill in blanks. Source: inclusionAI/Ling-V2,
/// models/modeling_bailing_moe_v2.py.
/// </summary>
internal static class Ling2Family
{
    private static readonly MixtureStyle Style = new()
    {
        Frame = new() { Embedding = "word_embeddings" },
        Attention = new()
        {
            Prefix = "attention.",
            QueryKeyValue = "query_key_value",
            Output = "dense",
            QueryNorm = "query_layernorm",
            KeyNorm = "key_layernorm",
        },
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        HasCorrectionBias = true,
        Experts = new() { CorrectionBias = "gate.expert_bias" },
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "bailing_moe_v2", "llada2_moe")];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, Style);
        return DraftSections.Append(
            decoder.Build(),
            config,
            modules => DraftSections.WithFinalNorm(decoder.Dimensions, modules, decoder.Layer(window: null, decoder.Experts)));
    }
}
