using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Decoders with experts that differ in names and switches alone. Sources: transformers, models/*/modeling_*.py and
/// modular_*.py of each model_type; Bailing: inclusionAI/Ling, models/modeling_bailing_moe.py; DeepSeek's first:
/// modeling_deepseek.py of deepseek-ai/deepseek-moe-16b-base.
/// </summary>
internal static class MixtureFamilies
{
    private static readonly MixtureStyle Qwen3 = new()
    {
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        Placement = (config, _) => ExpertPlacement.EverySparseStep(config),
    };

    // The drafting modules that MiniMax-M2's configuration counts are in none of its checkpoints.
    // The router is F32 in the files: their 230,121,630,720 bytes say so.
    private static readonly MixtureStyle MiniMaxM2 = new()
    {
        RouterDataType = DataTypeCatalogue.F32,
        QueryKeyNorm = QueryKeyNorm.PerHead,
        HasCorrectionBias = true,
        Experts = MixtureNames.Mixtral,
    };

    private static readonly MixtureStyle GptOss = new()
    {
        HasQkvBias = true,
        HasSinks = true,
        WindowPattern = 2,
        HasExpertBias = true,
        Storage = ExpertStorage.StackedByInput,
        Experts = new() { Router = "router", Experts = MixtureNames.StackedExperts },
    };

    private static readonly MixtureStyle Granite = new()
    {
        Storage = ExpertStorage.StackedByOutput,
        Experts = MixtureNames.Granite,
    };

    private static readonly MixtureStyle PhiMoe = new()
    {
        Frame = new() { NormKind = NormKind.LayerNorm, HeadBias = true },
        Norms = new() { Kind = NormKind.LayerNorm },
        HasQkvBias = true,
        Experts = MixtureNames.Mixtral,
    };

    private static readonly MixtureStyle Bailing = new()
    {
        Frame = new() { Embedding = "word_embeddings" },
        Attention = new() { Prefix = "attention.", QueryKeyValue = "query_key_value", Output = "dense" },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Family(new() { Experts = MixtureNames.Mixtral }, "mixtral"),
        new(BuildQwen2, "qwen2_moe"),
        Family(Qwen3, "qwen3_moe"),
        Family(Qwen3 with { Storage = ExpertStorage.StackedByInput, Experts = new() { Experts = MixtureNames.StackedExperts } }, "qwen3_vl_moe_text"),
        Family(new(), "deepseek"),
        Family(new() { QueryKeyNorm = QueryKeyNorm.SharedByHeads, HasCorrectionBias = true }, "dots1"),
        Family(new() { QueryKeyNorm = QueryKeyNorm.PerHead }, "olmoe"),
        Family(MiniMaxM2, "minimax_m2"),
        Family(GptOss, "gpt_oss"),
        Family(Granite, "granitemoe"),
        Family(PhiMoe, "phimoe"),
        Family(Bailing, "bailing_moe"),
    ];

    private static ModelFamily Family(MixtureStyle style, string modelType)
    {
        return new ModelFamily(config => MixtureDecoder.Read(config, style).Build(), modelType);
    }

    private static LanguageModel BuildQwen2(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, new()
        {
            HasQkvBias = true,
            HasOutputBias = false,
            Placement = (config, _) => ExpertPlacement.EverySparseStep(config),
            Experts = MixtureNames.Qwen,
        });
        return (decoder with { Experts = decoder.Experts with { HasSharedGate = true } }).Build();
    }
}
