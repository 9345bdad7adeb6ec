using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Towers;

/// <summary>
/// MobileNetV5-300M, the vision tower of Gemma 3n: a convolutional network of four stages, whose last two are fused.
/// No configuration spells its dimensions out; they are those of its name. Source: mobilenetv5_300m_enc,
/// huggingface/pytorch-image-models, timm/models/mobilenetv5.py; it has 294,126,912 weights.
/// </summary>
internal static class MobileNetV5Tower
{
    /// <summary>What a vision_config calls it.</summary>
    public const string Architecture = "mobilenetv5_300m_enc";

    private const int StemChannels = 64;

    private const int FusedChannels = 2048;

    /// <summary>Builds the tower.</summary>
    /// <param name="prefix">What the names of its tensors start with.</param>
    public static IReadOnlyList<ModelSection> Build(string prefix)
    {
        IReadOnlyList<IReadOnlyList<Block>> stages = [FirstStage(), SecondStage(), ThirdStage(), FourthStage()];
        return
        [
            new ModelSection { Part = ModelPart.Vision, Prefix = prefix, Blocks = Outside() },
            .. stages.Select((blocks, index) => Stage(prefix, index, blocks)),
        ];
    }

    private static ModelSection Stage(string prefix, int index, IReadOnlyList<Block> blocks)
    {
        return new ModelSection
        {
            Part = ModelPart.Vision,
            Prefix = prefix,
            LayerPrefix = $"blocks.{index.ToString(CultureInfo.InvariantCulture)}.",
            Layers = [.. blocks.Select((block, number) => new ModelLayer(number, block))],
        };
    }

    private static IReadOnlyList<Block> Outside()
    {
        return
        [
            new Weight(TensorRole.PatchEmbedding, "conv_stem.conv.weight", StemChannels, 3, 3, 3),
            new Weight(TensorRole.PatchEmbedding, "conv_stem.conv.bias", StemChannels),
            new Norm("conv_stem.bn", StemChannels),
            new InvertedResidual(640 + 1280, FusedChannels, Expansion: 2) { Prefix = "msfa.ffn.", HasLayerScale = false },
            new Norm("msfa.norm", FusedChannels),
        ];
    }

    private static IReadOnlyList<Block> FirstStage()
    {
        return [new EdgeResidual(StemChannels, 128), new EdgeResidual(128, 128), new EdgeResidual(128, 128)];
    }

    private static IReadOnlyList<Block> SecondStage()
    {
        return
        [
            new InvertedResidual(128, 256, Expansion: 6, StartKernel: 3, MiddleKernel: 5),
            new InvertedResidual(256, 256, Expansion: 4, StartKernel: 5),
            new InvertedResidual(256, 256, Expansion: 4, StartKernel: 3),
            new InvertedResidual(256, 256, Expansion: 4, StartKernel: 5),
            new InvertedResidual(256, 256, Expansion: 4, StartKernel: 3),
        ];
    }

    private static IReadOnlyList<Block> ThirdStage()
    {
        return
        [
            new InvertedResidual(256, 640, Expansion: 6, StartKernel: 5, MiddleKernel: 5),
            .. Enumerable.Repeat(new InvertedResidual(640, 640, Expansion: 4, StartKernel: 5), 7),
            new InvertedResidual(640, 640, Expansion: 1),
            .. Pairs(14, new MobileAttention(640, Heads: 12, HeadSize: 64, ThinsKeys: true), new InvertedResidual(640, 640, Expansion: 2)),
        ];
    }

    private static IReadOnlyList<Block> FourthStage()
    {
        return
        [
            new InvertedResidual(640, 1280, Expansion: 6, StartKernel: 5, MiddleKernel: 5),
            .. Pairs(19, new MobileAttention(1280, Heads: 16, HeadSize: 96), new InvertedResidual(1280, 1280, Expansion: 2)),
        ];
    }

    private static IEnumerable<Block> Pairs(int count, MobileAttention attention, InvertedResidual residual)
    {
        return Enumerable.Range(0, count).SelectMany(_ => new Block[] { attention, residual });
    }
}
