using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Latent;

/// <summary>
/// MiniCPM3: latent attention in a dense model, whose head is the embedding. Sources: modeling_minicpm.py and
/// configuration_minicpm.py of openbmb/MiniCPM3-4B; llama.cpp, src/models/minicpm3.cpp.
/// </summary>
internal static class MiniCpm3Family
{
    private static readonly DecoderFrame Frame = new() { TiesByDefault = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "minicpm3")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var attention = LatentFields.Attention(config, dimensions.HiddenSize);
        var mlp = new DenseMlp { HiddenSize = dimensions.HiddenSize, IntermediateSize = dimensions.IntermediateSize };
        return Frame.Around(config, dimensions, _ =>
        [
            new Norm("input_layernorm", dimensions.HiddenSize),
            attention,
            new Norm("post_attention_layernorm", dimensions.HiddenSize),
            mlp,
        ]);
    }
}
