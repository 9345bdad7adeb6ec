using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Gemma 4: layers that see everything have wider heads, and in the large models fewer of them, with the key as the
/// value; the small models have embeddings for each layer, and share keys and values between the last layers; 26B has
/// experts beside each feed-forward network. Source: transformers, models/gemma4 (modeling_gemma4.py,
/// configuration_gemma4.py). The projections of layers that share stand in the checkpoints all the same.
/// </summary>
internal static class Gemma4Family
{
    private const string WideHeadSizeField = "global_head_dim";
    private const int WideHeadSize = 512;

    private static readonly DecoderStyle Style = GemmaFamilies.Gemma3 with
    {
        Attention = new() { KeepsSharedProjections = true },
        Windows = new() { Window = 512, Pattern = 6, LastSeesAll = true },
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "gemma4_text")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderBuilder.Dimensions(Style, config);
        var windows = AttentionWindows.Read(config, dimensions.Layers, Style.Windows);
        var sources = SharedKeyValues.Sources(config, windows, SharedKeyValues.Count(config, dimensions.Layers));
        var sliding = DecoderBuilder.Attention(Style, config, dimensions);
        var full = FullAttention(config, sliding);
        var mlp = DecoderBuilder.Mlp(Style, config, dimensions);
        var widensShared = config.Bool(false, "use_double_wide_mlp");
        var experts = Gemma4Experts.Read(config, dimensions.HiddenSize);

        // The class would say 256, but every published configuration names it, and short ones leave it out to mean none.
        var inputSize = config.Count(0, "hidden_size_per_layer_input");
        var frame = Style.Frame with { ExtraBlocks = FrameExtras(config, dimensions, inputSize) };
        return frame.Around(config, dimensions, Layer);

        IReadOnlyList<Block> Layer(int index)
        {
            var width = dimensions.IntermediateSizeOf(index);
            return
            [
                new Norm("input_layernorm", dimensions.HiddenSize),
                (windows[index] is null ? full : sliding) with { Window = windows[index], SharesKeyValueOf = sources[index] },
                new Norm("post_attention_layernorm", dimensions.HiddenSize),
                new Norm("pre_feedforward_layernorm", dimensions.HiddenSize),
                mlp with { IntermediateSize = widensShared && sources[index] is not null ? 2 * width : width },
                .. experts,
                new Norm("post_feedforward_layernorm", dimensions.HiddenSize),
                .. LayerInput(dimensions, inputSize),

                // A buffer to transformers, but trained, and loaded from the checkpoint.
                new Weight(TensorRole.Extra, "layer_scalar", 1),
            ];
        }
    }

    /// <summary>
    /// The attention of layers that see everything. The fewer heads are for layers whose value is the key, and a head
    /// size that says null is that of the other layers.
    /// </summary>
    private static GroupedQueryAttention FullAttention(ModelConfig config, GroupedQueryAttention sliding)
    {
        var valueIsKey = config.Bool(false, "attention_k_eq_v");
        return sliding with
        {
            HeadSize = config.OptionalInt(WideHeadSizeField)
                ?? (config.Says(WideHeadSizeField) ? sliding.HeadSize : WideHeadSize),
            KeyValueHeads = (valueIsKey ? config.OptionalInt("num_global_key_value_heads") : null) ?? sliding.KeyValueHeads,
            ValueIsKey = valueIsKey,
        };
    }

    private static IReadOnlyList<Block> LayerInput(DecoderDimensions dimensions, int inputSize)
    {
        return inputSize == 0 ? [] : [new PerLayerInput(dimensions.HiddenSize, inputSize)];
    }

    private static IReadOnlyList<Block> FrameExtras(ModelConfig config, DecoderDimensions dimensions, int inputSize)
    {
        if (inputSize == 0)
        {
            return [];
        }

        return
        [
            new PerLayerEmbedding
            {
                VocabularySize = config.Int("vocab_size_per_layer_input"),
                HiddenSize = dimensions.HiddenSize,
                InputSize = inputSize,
                Layers = dimensions.Layers,
            },
        ];
    }
}
