using System;
using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// K-EXAONE: three sliding layers to one that sees everything, experts in all layers but the first; the layer of a
/// drafting module is dense. Sources: transformers, models/exaone_moe/modular_exaone_moe.py; vLLM,
/// model_executor/models/exaone_moe_mtp.py.
/// </summary>
internal static class ExaoneMoeFamily
{
    private const string Kinds = "mlp_layer_types";

    private static readonly MixtureStyle Style = new()
    {
        QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        WindowPattern = 4,
        HasCorrectionBias = true,
        Placement = Placement,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "exaone_moe")];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, Style);
        var layer = decoder.Layer(window: null, decoder.Dense);
        return DraftSections.Append(
            decoder.Build(), config, modules => DraftSections.WithOneJoint(decoder.Dimensions.HiddenSize, modules, _ => layer));
    }

    private static Func<int, bool> Placement(ModelConfig config, int layers)
    {
        if (config.TextList(Kinds) is not { } kinds)
        {
            var dense = config.Count(1, "first_k_dense_replace");
            return index => index >= dense;
        }

        return kinds.Count >= layers
            ? index => kinds[index] == "sparse"
            : throw config.Invalid(Kinds, $"has {kinds.Count} entries and the model {layers} layers");
    }
}
