using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Bamba: state spaces, and attention in the layers that the configuration lists. Source: transformers,
/// models/bamba/modular_bamba.py.
/// </summary>
internal static class BambaFamily
{
    private static readonly DecoderFrame Frame = new() { FinalNorm = "final_layernorm" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "bamba")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias"));
        var mamba = MambaFields.Mamba2(config, dimensions.HiddenSize);
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
            Names = MlpNames.Llama with { Prefix = "feed_forward." },
        };
        var attentionLayers = AttentionLayers(config, dimensions.Layers);
        return Frame.Around(config, dimensions, index =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            attentionLayers.Contains(index) ? attention : mamba,
            new Norm("pre_ff_layernorm", dimensions.HiddenSize),
            mlp,
        ]);
    }

    private static HashSet<int> AttentionLayers(ModelConfig config, int layers)
    {
        return LayerKinds.Read(config, layers, "mamba", "attention") is { } kinds
            ? [.. Enumerable.Range(0, layers).Where(index => kinds[index] == "attention")]
            : [.. config.IntList("attn_layer_indices") ?? throw config.Missing("attn_layer_indices", "layer_types")];
    }
}
