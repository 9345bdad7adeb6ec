using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LlmMemory.Models.Families.Dense;
using LlmMemory.Models.Families.EncoderDecoders;
using LlmMemory.Models.Families.Encoders;
using LlmMemory.Models.Families.Hybrids;
using LlmMemory.Models.Families.Latent;
using LlmMemory.Models.Families.Mixtures;

namespace LlmMemory.Models.Families;

/// <summary>Every family that the engine knows, by model_type.</summary>
internal static class FamilyCatalogue
{
    private static readonly Dictionary<string, ModelFamily> ByModelType = new[]
    {
        LlamaFamilies.All,
        RenamedLlamaFamilies.All,
        QwenFamilies.All,
        GemmaFamilies.All,
        Gemma3nFamily.All,
        Gemma4Family.All,
        GlmFamilies.All,
        PhiFamilies.All,
        PostNormFamilies.All,
        LayerNormFamilies.All,
        CohereFamilies.All,
        GptFamilies.All,
        GptNeoFamily.All,
        BloomFamilies.All,
        FalconFamily.All,
        OptFamilies.All,
        MllamaFamily.All,
        NemotronNasFamily.All,
        BertFamilies.All,
        DebertaFamily.All,
        ModernBertFamily.All,
        EuroBertFamily.All,
        T5Families.All,
        BartFamilies.All,
        WhisperFamily.All,
        MambaFamilies.All,
        RwkvFamily.All,
        Rwkv7Family.All,
        RecurrentGemmaFamily.All,
        FalconH1Family.All,
        BambaFamily.All,
        Lfm2Families.All,
        OlmoHybridFamily.All,
        Zamba2Family.All,
        QwenHybridFamilies.All,
        NemotronHFamily.All,
        JambaFamily.All,
        GraniteHybridFamily.All,
        MiniMaxTextFamily.All,
        MixtureFamilies.All,
        Glm4MoeFamily.All,
        Ling2Family.All,
        ErnieMoeFamily.All,
        Llama4Family.All,
        ExaoneMoeFamily.All,
        AfmoeFamily.All,
        HunyuanMoeFamily.All,
        DbrxFamily.All,
        ArcticFamily.All,
        GrokFamily.All,
        MiniMaxM3Family.All,
        MiMoV2Family.All,
        Step35Family.All,
        MiniCpm3Family.All,
        DeepSeekFamilies.All,
        DeepSeekV4Family.All,
        LongCatFlashFamily.All,
        KimiLinearFamily.All,
    }
    .SelectMany(families => families)
    .SelectMany(family => family.ModelTypes, (family, modelType) => (family, modelType))
    .ToDictionary(pair => pair.modelType, pair => pair.family, StringComparer.OrdinalIgnoreCase);

    /// <summary>All model types.</summary>
    public static IReadOnlyCollection<string> ModelTypes => ByModelType.Keys;

    /// <summary>All model types in alphabetical order.</summary>
    public static IReadOnlyCollection<string> SortedModelTypes => [.. ByModelType.Keys.OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>Looks a family up.</summary>
    /// <param name="modelType">The model_type, as the configuration spells it.</param>
    /// <param name="family">The family.</param>
    public static bool TryFind(string modelType, [NotNullWhen(true)] out ModelFamily? family)
    {
        return ByModelType.TryGetValue(modelType, out family);
    }
}
