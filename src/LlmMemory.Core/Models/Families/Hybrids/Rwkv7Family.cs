using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// RWKV-7 as flash-linear-attention stores it. Source: fla-org/flash-linear-attention,
/// fla/models/rwkv7/modeling_rwkv7.py.
/// </summary>
internal static class Rwkv7Family
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "rwkv7", "rwkv7_fla")];

    private static LanguageModel Build(ModelConfig config)
    {
        Refuse(config);
        var dimensions = DecoderDimensions.Read(config);
        var hiddenSize = dimensions.HiddenSize;
        var norm = config.Bool(true, "norm_bias") ? NormKind.LayerNorm : NormKind.RmsNorm;
        var time = TimeMix(config, hiddenSize);
        var channel = new Rwkv7ChannelMix { HiddenSize = hiddenSize, IntermediateSize = IntermediateSize(config, hiddenSize) };
        var frame = new DecoderFrame { Embedding = "embeddings", NormKind = norm };
        var hasFirstNorm = config.Bool(true, "norm_first");
        return frame.Around(config, dimensions, index =>
        [
            new Norm("pre_norm", hiddenSize, index == 0 && hasFirstNorm ? norm : NormKind.None),
            new Norm("attn_norm", hiddenSize, norm),
            index == 0 ? time with { ValueRank = null } : time,
            new Norm("ffn_norm", hiddenSize, norm),
            channel,
        ]);
    }

    private static Rwkv7TimeMix TimeMix(ModelConfig config, int hiddenSize)
    {
        var headSize = config.OptionalInt("head_dim") ?? 64;
        return new Rwkv7TimeMix
        {
            HiddenSize = hiddenSize,
            HeadSize = hiddenSize % headSize == 0
                ? headSize
                : throw config.Invalid("head_dim", $"is {headSize}, which does not divide the hidden size of {hiddenSize}"),
            DecayRank = config.Int("decay_low_rank_dim"),
            LearningRateRank = config.Int("a_low_rank_dim"),
            ValueRank = config.Int("v_low_rank_dim"),
            GateRank = config.Int("gate_low_rank_dim"),
            ConvolutionKernel = 2,
        };
    }

    private static int IntermediateSize(ModelConfig config, int hiddenSize)
    {
        return config.OptionalInt("intermediate_size")
            ?? (((config.OptionalInt("hidden_ratio") ?? 4) * hiddenSize + 31) / 32 * 32);
    }

    /// <summary>Layers of plain attention, and values wider than the hidden state, are possible there but in no published model.</summary>
    private static void Refuse(ModelConfig config)
    {
        if (config.Has("attn"))
        {
            throw config.Invalid("attn", "mixes attention into RWKV-7, and how such a model is built is not known");
        }

        if (config.IntList("value_dim")?.Any(size => size != config.Int("hidden_size")) ?? false)
        {
            throw config.Invalid("value_dim", "makes values of another width than the hidden size, and how such a model is built is not known");
        }
    }
}
