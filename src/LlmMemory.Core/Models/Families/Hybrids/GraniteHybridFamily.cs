using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Granite 4: state spaces and attention in the order that the configuration lists, and a network that every token
/// passes, beside a mixture of experts where there is one. Source: transformers,
/// models/granitemoehybrid/modular_granitemoehybrid.py.
/// </summary>
internal static class GraniteHybridFamily
{
    private static readonly DecoderFrame Frame = new() { TiesByDefault = true };

    private static readonly MlpNames Shared = new() { Prefix = "shared_mlp.", GateUp = "input_linear", Down = "output_linear" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "granitemoehybrid")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias"));
        var kinds = LayerKinds.Read(config, dimensions.Layers, "mamba", "attention") ?? throw config.Missing("layer_types", "layers_block_type");
        var shared = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = config.Int("shared_intermediate_size"),
            Names = Shared,
        };
        IReadOnlyList<Block> networks = config.Count(0, "num_local_experts") > 0 ? [HybridExperts.Granite(config, dimensions), shared] : [shared];
        return Frame.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            kinds[index] == "attention" ? attention : MambaFields.Mamba2(config, dimensions.HiddenSize),
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            .. networks,
        ]);
    }
}
