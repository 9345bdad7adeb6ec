using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>Builds dense decoders from a style and a configuration; a family with layers of its own takes parts.</summary>
internal static class DecoderBuilder
{
    /// <summary>Builds a decoder whose layers are alike but for their windows.</summary>
    /// <param name="style">What the family is like.</param>
    /// <param name="config">The configuration of the language model.</param>
    /// <param name="dimensions">The dimensions where the family reads them otherwise; read here when null.</param>
    /// <param name="windows">The window of each layer where the family reads them otherwise; read here when null.</param>
    /// <exception cref="Errors.LlmMemoryException">A field is missing or wrong.</exception>
    public static LanguageModel Build(
        DecoderStyle style, ModelConfig config, DecoderDimensions? dimensions = null, IReadOnlyList<int?>? windows = null)
    {
        dimensions ??= Dimensions(style, config);
        windows ??= AttentionWindows.Read(config, dimensions.Layers, style.Windows);
        var attention = Attention(style, config, dimensions);
        var mlp = Mlp(style, config, dimensions);
        return Frame(style, dimensions).Around(config, dimensions, index => Layer(
            style,
            dimensions,
            attention with { Window = windows[index] },
            mlp with { IntermediateSize = dimensions.IntermediateSizeOf(index) }));
    }

    /// <summary>The dimensions, with the head size of the style where the configuration does not say one.</summary>
    /// <exception cref="Errors.LlmMemoryException">A dimension is missing or wrong.</exception>
    public static DecoderDimensions Dimensions(DecoderStyle style, ModelConfig config, int? layers = null)
    {
        if (!style.WidensFourfold && !config.Has(DecoderDimensions.IntermediateSizeFields))
        {
            throw config.Missing(DecoderDimensions.IntermediateSizeFields);
        }

        var dimensions = DecoderDimensions.ReadWithWidths(config, layers);
        if (dimensions.Heads == 0)
        {
            throw config.Missing(DecoderDimensions.HeadsFields);
        }

        // A head size that says null stands for the hidden size shared out, whatever the class would say.
        var saysHeadSize = config.Has(DecoderDimensions.HeadSizeFields) || config.Says("head_dim");
        return saysHeadSize || style.HeadSize is null ? dimensions : dimensions with { HeadSize = style.HeadSize.Value };
    }

    /// <summary>The frame with what the style adds to it.</summary>
    public static DecoderFrame Frame(DecoderStyle style, DecoderDimensions dimensions)
    {
        return style.Frame with
        {
            NormKind = style.Norms.Kind,
            ExtraBlocks = [.. style.Frame.ExtraBlocks, .. style.FrameExtras(dimensions)],
        };
    }

    /// <summary>The attention of a layer that sees everything.</summary>
    public static GroupedQueryAttention Attention(DecoderStyle style, ModelConfig config, DecoderDimensions dimensions)
    {
        return new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QkvBias = style.QkvBias.Read(config),
            OutputBias = (style.OutputBias ?? style.QkvBias).Read(config),
            QueryKeyNorm = style.HasQueryKeyNorm.Read(config) ? style.QueryKeyNorm : QueryKeyNorm.None,
            QueryKeyNormKind = style.QueryKeyNormKind,
            Names = style.Attention,
        };
    }

    /// <summary>The feed-forward network of a layer.</summary>
    public static DenseMlp Mlp(DecoderStyle style, ModelConfig config, DecoderDimensions dimensions)
    {
        return new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            IsGated = style.IsGated,
            Bias = style.MlpBias.Read(config),
            Names = style.Mlp,
        };
    }

    /// <summary>The blocks of a layer in order.</summary>
    public static IReadOnlyList<Block> Layer(
        DecoderStyle style, DecoderDimensions dimensions, Block attention, Block feedForward)
    {
        var norms = style.Norms;
        List<Block> blocks = [];
        AddNorm(norms.BeforeAttention);
        blocks.Add(attention);
        AddNorm(norms.AfterAttention);
        AddNorm(norms.BeforeFeedForward);
        blocks.Add(feedForward);
        AddNorm(norms.AfterFeedForward);
        blocks.AddRange(style.LayerExtras(dimensions));
        return blocks;

        void AddNorm(string? name)
        {
            if (name is not null)
            {
                blocks.Add(new Norm(name, dimensions.HiddenSize, norms.Kind));
            }
        }
    }
}
