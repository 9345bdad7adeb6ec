using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// OLMo Hybrid: gated delta nets with normalisations before the blocks, and every fourth layer the attention of OLMo
/// 3, with normalisations after them. Source: transformers, models/olmo_hybrid/modular_olmo_hybrid.py; no exact total
/// is published.
/// </summary>
internal static class OlmoHybridFamily
{
    private const string Linear = "linear_attention";

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "olmo_hybrid")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias")) with { QueryKeyNorm = QueryKeyNorm.PerHead };
        var delta = DeltaNet(config, dimensions);
        var mlp = new DenseMlp { HiddenSize = hiddenSize, IntermediateSize = dimensions.IntermediateSize };
        var kinds = LayerKinds.Read(config, dimensions.Layers, Linear, "full_attention")
            ?? LayerKinds.Every(dimensions.Layers, 4, 3, "full_attention", Linear);
        return DecoderFrame.Llama.Around(config, dimensions, index => kinds[index] == Linear
            ? [new Norm("input_layernorm", hiddenSize), delta, new Norm("post_attention_layernorm", hiddenSize), mlp]
            : [attention, new Norm("post_attention_layernorm", hiddenSize), mlp, new Norm("post_feedforward_layernorm", hiddenSize)]);
    }

    private static GatedDeltaNet DeltaNet(ModelConfig config, DecoderDimensions dimensions)
    {
        var keyHeads = config.OptionalInt("linear_num_key_heads") ?? config.Int("num_attention_heads");
        var keyHeadSize = config.OptionalInt("linear_key_head_dim") ?? (int)(3L * dimensions.HiddenSize / (4L * keyHeads));
        return new GatedDeltaNet
        {
            HiddenSize = dimensions.HiddenSize,
            KeyHeads = keyHeads,
            ValueHeads = config.OptionalInt("linear_num_value_heads") ?? config.Int("num_attention_heads"),
            KeyHeadSize = keyHeadSize,
            ValueHeadSize = config.OptionalInt("linear_value_head_dim") ?? 2 * keyHeadSize,
            ConvolutionKernel = config.OptionalInt("linear_conv_kernel_dim") ?? 4,
            Layout = GatedDeltaLayout.Separate,
        };
    }
}
