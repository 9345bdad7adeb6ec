using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Falcon-H1: attention and a state space side by side in every layer. Source: transformers,
/// models/falcon_h1/modular_falcon_h1.py.
/// </summary>
internal static class FalconH1Family
{
    private static readonly DecoderFrame Frame = new() { FinalNorm = "final_layernorm" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "falcon_h1")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias"));
        var mamba = MambaFields.Mamba2(config, dimensions.HiddenSize) with
        {
            OutputBias = config.Bool(false, "projectors_bias"),
            HasGatedNorm = config.Bool(false, "mamba_rms_norm"),
        };
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
            Names = MlpNames.Llama with { Prefix = "feed_forward." },
        };
        return Frame.Around(config, dimensions, _ =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            mamba,
            attention,
            new Norm("pre_ff_layernorm", dimensions.HiddenSize),
            mlp,
        ]);
    }
}
