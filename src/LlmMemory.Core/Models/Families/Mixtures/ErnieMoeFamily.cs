using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// ERNIE 4.5 with experts: router and correction bias are kept in F32, and the layer of a drafting module is dense.
/// Sources: transformers, models/ernie4_5_moe/modular_ernie4_5_moe.py; vLLM, model_executor/models/ernie_mtp.py.
/// </summary>
internal static class ErnieMoeFamily
{
    private static readonly MixtureStyle Style = new()
    {
        Frame = new() { TiesByDefault = true },
        HasCorrectionBias = true,
        Experts = new() { CorrectionBias = "moe_statics.e_score_correction_bias" },
        Placement = Placement,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "ernie4_5_moe")];

    private static LanguageModel Build(ModelConfig config)
    {
        var read = MixtureDecoder.Read(config, Style);
        var bias = config.Bool(false, "use_bias");
        var decoder = read with
        {
            Dense = read.Dense with { Bias = bias },
            Experts = read.Experts with { ExpertBias = bias, RouterDataType = DataTypeCatalogue.F32 },
        };
        return DraftSections.Append(decoder.Build(), config, modules => Draft(decoder, modules));
    }

    private static Func<int, bool> Placement(ModelConfig config, int layers)
    {
        // Lists, one value for text and one for images, are ERNIE-VL's, which is another model_type.
        var first = config.Count(0, "moe_layer_start_index");
        var last = config.Number("moe_layer_end_index") is { } end and >= 0 ? end : layers - 1;
        var interval = config.OptionalInt("moe_layer_interval") ?? 1;
        return index => index >= first && index <= last && (index + 1) % interval == 0;
    }

    /// <summary>Each part of a module has a list of its own, numbered by module.</summary>
    private static ModelSection Draft(MixtureDecoder decoder, int modules)
    {
        var hiddenSize = decoder.Dimensions.HiddenSize;
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "model.",
            LayerPrefix = "mtp_block.",
            Blocks = [.. Enumerable.Range(0, modules).SelectMany(index => Joint(index, hiddenSize))],
            Layers = [.. Enumerable.Range(0, modules).Select(index => new ModelLayer(index, decoder.Layer(window: null, decoder.Dense)))],
        };
    }

    private static IReadOnlyList<Block> Joint(int index, int hiddenSize)
    {
        return
        [
            new Norm($"mtp_emb_norm.{index}", hiddenSize),
            new Norm($"mtp_hidden_norm.{index}", hiddenSize),
            new Linear(TensorRole.Projection, $"mtp_linear_proj.{index}", 2L * hiddenSize, hiddenSize),
        ];
    }
}
