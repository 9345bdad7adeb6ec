using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// DeBERTa v2 and v3: relative positions in one table that all layers share, read through the projections of content
/// or through ones of their own, and for the largest v2 a convolution over the first layer's output. Source:
/// transformers, models/deberta_v2/modeling_deberta_v2.py.
/// </summary>
internal static class DebertaFamily
{
    private static readonly EncoderStyle Style = EncoderStyle.Bert with
    {
        Prefix = "deberta.",
        TokenTypes = 0,
        EmbeddingProjection = "embeddings.embed_proj",
        Attention = new()
        {
            Prefix = "attention.", Query = "self.query_proj", Key = "self.key_proj", Value = "self.value_proj", Output = "output.dense",
        },
        Head = EncoderHeads.Deberta,
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "deberta-v2")];

    private static LanguageModel Build(ModelConfig config)
    {
        // Every published checkpoint with position buckets has relative positions, no absolute ones, a normalised
        // table and shared projections; a configuration that is cut down to its dimensions may leave that out.
        var isRelative = config.Bool(config.Has("position_buckets"), "relative_attention");
        var style = Style with { HasPositions = config.Bool(!isRelative, "position_biased_input") };
        var builder = new EncoderBuilder(config, style);
        var hiddenSize = builder.Dimensions.HiddenSize;
        List<Block> blocks = [];
        if (isRelative)
        {
            var positions = config.OptionalInt("position_buckets") ?? config.Int("max_relative_positions", "max_position_embeddings");
            blocks.Add(new Weight(TensorRole.PositionEmbedding, "encoder.rel_embeddings.weight", 2L * positions, hiddenSize));
            if ((config.OptionalText("norm_rel_ebd") ?? "layer_norm").Contains("layer_norm"))
            {
                blocks.Add(new Norm("encoder.LayerNorm", hiddenSize, NormKind.LayerNorm));
            }
        }

        blocks.AddRange(Convolution(config, hiddenSize));
        return builder.Build(blocks, isRelative ? PositionProjections(config, hiddenSize) : []);
    }

    private static IReadOnlyList<Block> PositionProjections(ModelConfig config, int hiddenSize)
    {
        if (config.Bool(true, "share_att_key"))
        {
            return [];
        }

        var kinds = config.Node.Get("pos_att_type")?.AsText() is { } text
            ? text.Split('|')
            : config.TextList("pos_att_type") ?? [];
        (string Kind, string Name)[] projections = [("c2p", "attention.self.pos_key_proj"), ("p2c", "attention.self.pos_query_proj")];
        return [.. projections
            .Where(projection => kinds.Contains(projection.Kind))
            .Select(projection => new Linear(TensorRole.AttentionExtra, projection.Name, hiddenSize, hiddenSize, Bias: true))];
    }

    private static IEnumerable<Block> Convolution(ModelConfig config, int hiddenSize)
    {
        if (config.OptionalInt("conv_kernel_size") is not { } kernel)
        {
            yield break;
        }

        var groups = config.OptionalInt("conv_groups") ?? 1;
        yield return new Weight(TensorRole.Extra, "encoder.conv.conv.weight", hiddenSize, hiddenSize / groups, kernel);
        yield return new Weight(TensorRole.Extra, "encoder.conv.conv.bias", hiddenSize);
        yield return new Norm("encoder.conv.LayerNorm", hiddenSize, NormKind.LayerNorm);
    }
}
