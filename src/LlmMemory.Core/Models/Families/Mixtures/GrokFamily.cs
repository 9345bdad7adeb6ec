using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Mixtures;

/// <summary>
/// Grok-1, under the names of its conversions to PyTorch, whose normalisations call their weight a scale. Source:
/// vLLM, model_executor/models/grok1.py.
/// </summary>
internal static class GrokFamily
{
    private static readonly string[] Norms = ["pre_attn_norm", "post_attn_norm", "pre_moe_norm", "post_moe_norm"];

    private static readonly MixtureStyle Style = new()
    {
        Norms = new() { Kind = NormKind.None },
        Attention = new() { Prefix = "attn." },
        Experts = new()
        {
            Prefix = "moe_block.",
            Experts = new() { Prefix = "experts.*.", Gate = "linear", Up = "linear_v", Down = "linear_1" },
        },
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "grok-1")];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = MixtureDecoder.Read(config, Style);
        return (decoder with
        {
            Frame = new()
            {
                FinalNorm = null,
                TiesByDefault = true,
                ExtraBlocks = [Scale("norm", decoder.Dimensions.HiddenSize)],
            },
            ExtraBlocks = [.. Norms.Select(name => Scale(name, decoder.Dimensions.HiddenSize))],
        }).Build();
    }

    private static Weight Scale(string name, int size)
    {
        return new Weight(TensorRole.Norm, name + ".scale", size);
    }
}
