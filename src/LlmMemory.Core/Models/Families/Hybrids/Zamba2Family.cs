using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Zamba2: a state space in every layer, and before it in some a transformer block that reads the embedding beside
/// the hidden state. There are one or two such blocks with weights; the layers take turns with them, each with
/// low-rank adapters of its own. Source: transformers, models/zamba2/modular_zamba2.py; no exact total is published.
/// </summary>
internal static class Zamba2Family
{
    private static readonly DecoderFrame Frame = new() { FinalNorm = "final_layernorm", TiesByDefault = true };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "zamba2")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var kinds = LayerKinds.Read(config, dimensions.Layers, "mamba", "hybrid") ?? throw config.Missing("layers_block_type");
        var shared = new Zamba2SharedBlock(config, dimensions, kinds.Take(dimensions.Layers).Count(kind => kind == "hybrid"));
        var uses = Uses(kinds);
        return Frame.Around(config, dimensions, index => kinds[index] == "hybrid"
            ? [.. shared.Blocks(uses[index]), .. Mamba(config, dimensions.HiddenSize, "mamba_decoder.")]
            : Mamba(config, dimensions.HiddenSize, string.Empty));
    }

    /// <summary>How many hybrid layers stand before each layer.</summary>
    private static List<int> Uses(IReadOnlyList<string> kinds)
    {
        List<int> uses = [];
        var count = 0;
        foreach (var kind in kinds)
        {
            uses.Add(count);
            count += kind == "hybrid" ? 1 : 0;
        }

        return uses;
    }

    private static IReadOnlyList<Block> Mamba(ModelConfig config, int hiddenSize, string prefix)
    {
        var heads = config.Int("n_mamba_heads");
        var bias = config.Bool(false, "add_bias_linear");
        return
        [
            new Norm(prefix + "input_layernorm", hiddenSize),
            new Mamba2
            {
                HiddenSize = hiddenSize,
                Heads = heads,
                HeadSize = MambaFields.HeadSize(config, "mamba_headdim", (config.OptionalInt("mamba_expand") ?? 2) * hiddenSize, heads, "n_mamba_heads"),
                Groups = config.OptionalInt("mamba_ngroups") ?? 1,
                StateSize = config.Int("mamba_d_state"),
                ConvolutionKernel = config.Int("mamba_d_conv"),
                InputBias = bias,
                OutputBias = bias,
                Prefix = prefix + "mamba.",
            },
        ];
    }
}
