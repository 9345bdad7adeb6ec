using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LlmMemory.Models.Families.Dense;
using LlmMemory.Models.Families.EncoderDecoders;
using LlmMemory.Models.Families.Encoders;
using LlmMemory.Models.Families.Hybrids;

namespace LlmMemory.Models.Families;

/// <summary>Every family that the engine knows, by model_type.</summary>
internal static class FamilyCatalogue
{
    private static readonly Dictionary<string, ModelFamily> ByModelType = new[]
    {
        LlamaFamilies.All,
        GptFamilies.All,
        GptNeoFamily.All,
        BloomFamilies.All,
        FalconFamily.All,
        OptFamilies.All,
        UngatedFamilies.All,
        PhiFamilies.All,
        GemmaFamilies.All,
        Gemma3nFamily.All,
        Gemma4Family.All,
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
    }
    .SelectMany(families => families)
    .SelectMany(family => family.ModelTypes, (family, modelType) => (family, modelType))
    .ToDictionary(pair => pair.modelType, pair => pair.family, StringComparer.OrdinalIgnoreCase);

    /// <summary>All model types.</summary>
    public static IReadOnlyCollection<string> ModelTypes => ByModelType.Keys;

    /// <summary>Looks a family up.</summary>
    /// <param name="modelType">The model_type, as the configuration spells it.</param>
    /// <param name="family">The family.</param>
    public static bool TryFind(string modelType, [NotNullWhen(true)] out ModelFamily? family)
    {
        return ByModelType.TryGetValue(modelType, out family);
    }
}
