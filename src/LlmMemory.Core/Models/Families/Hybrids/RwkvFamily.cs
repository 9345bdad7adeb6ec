using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>RWKV-4. Source: transformers, models/rwkv/modeling_rwkv.py.</summary>
internal static class RwkvFamily
{
    private static readonly DecoderFrame Frame = new()
    {
        Prefix = "rwkv.",
        LayerPrefix = "blocks.",
        Embedding = "embeddings",
        FinalNorm = "ln_out",
        NormKind = NormKind.LayerNorm,
        Head = "head",
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "rwkv")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        IReadOnlyList<Block> layer =
        [
            new Norm("ln1", hiddenSize, NormKind.LayerNorm),
            new Rwkv4TimeMix
            {
                HiddenSize = hiddenSize,
                AttentionSize = config.OptionalInt("attention_hidden_size") ?? hiddenSize,
                ConvolutionKernel = 2,
            },
            new Norm("ln2", hiddenSize, NormKind.LayerNorm),
            new Rwkv4ChannelMix { HiddenSize = hiddenSize, IntermediateSize = dimensions.IntermediateSize },
        ];
        var model = Frame.Around(
            config, dimensions, index => index == 0 ? [new Norm("pre_ln", hiddenSize, NormKind.LayerNorm), .. layer] : layer);
        return model with { ContextLength = model.ContextLength ?? config.OptionalInt("context_length") };
    }
}
