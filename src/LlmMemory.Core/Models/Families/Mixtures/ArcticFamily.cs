using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Arctic: experts, and beside them in every layer a dense network as wide as the hidden states. Source:
/// modeling_arctic.py of Snowflake/snowflake-arctic-base; vLLM, model_executor/models/arctic.py.
/// </summary>
internal static class ArcticFamily
{
    private static readonly MlpNames Residual = new() { Prefix = "residual_mlp.", Gate = "w1", Up = "w3", Down = "w2" };

    private static readonly MixtureStyle Style = new() { Experts = MixtureNames.Mixtral };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "arctic")];

    private static LanguageModel Build(ModelConfig config)
    {
        if (config.OptionalInt("moe_layer_frequency") is { } every and > 1)
        {
            throw config.Invalid("moe_layer_frequency", $"asks for experts in one layer of {every}, and how such an Arctic is built is not known");
        }

        if (!config.Bool(true, "parallel_attn_mlp_res"))
        {
            throw config.Invalid("parallel_attn_mlp_res", "is false, and how such an Arctic is built is not known");
        }

        var decoder = MixtureDecoder.Read(config, Style);
        var hiddenSize = decoder.Dimensions.HiddenSize;
        return (decoder with
        {
            ExtraBlocks =
            [
                new Norm("residual_layernorm", hiddenSize),
                new DenseMlp { HiddenSize = hiddenSize, IntermediateSize = hiddenSize, Names = Residual },
            ],
        }).Build();
    }
}
