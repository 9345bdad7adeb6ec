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
        var shared = SharedKeyValues.Count(config, dimensions.Layers);
        var sources = SharedKeyValues.Sources(config, windows, shared);
        var sliding = DecoderBuilder.Attention(Style, config, dimensions);
        var full = FullAttention(config, sliding);
        var inputSize = config.Count(0, "hidden_size_per_layer_input");
        var extras = LayerExtras(config, dimensions, inputSize);
        var frame = Style.Frame with { ExtraBlocks = FrameExtras(config, dimensions, inputSize) };
        return frame.Around(config, dimensions, Layer);

        IReadOnlyList<Block> Layer(int index)
        {
            var kind = windows[index] is null ? full : sliding;
            var attention = kind with { Window = windows[index], SharesKeyValueOf = sources[index] };
            var mlp = Mlp(config, dimensions, index, sources[index] is not null);
            return [.. DecoderBuilder.Layer(Style, dimensions, attention, mlp), .. extras];
        }
    }

    private static GroupedQueryAttention FullAttention(ModelConfig config, GroupedQueryAttention sliding)
    {
        var valueIsKey = config.Bool(false, "attention_k_eq_v");
        return sliding with
        {
            HeadSize = config.OptionalInt("global_head_dim") ?? WideHeadSize,
            KeyValueHeads = (valueIsKey ? config.OptionalInt("num_global_key_value_heads") : null) ?? sliding.KeyValueHeads,
            ValueIsKey = valueIsKey,
        };
    }

    private static DenseMlp Mlp(ModelConfig config, DecoderDimensions dimensions, int index, bool isShared)
    {
        var width = dimensions.IntermediateSizeOf(index);
        return DecoderBuilder.Mlp(Style, config, dimensions) with
        {
            IntermediateSize = isShared && config.Bool(false, "use_double_wide_mlp") ? 2 * width : width,
        };
    }

    private static List<Block> LayerExtras(ModelConfig config, DecoderDimensions dimensions, int inputSize)
    {
        List<Block> extras = [new Weight(TensorRole.Extra, "layer_scalar", 1)];
        if (inputSize > 0)
        {
            extras.Add(new PerLayerInput(dimensions.HiddenSize, inputSize));
        }

        if (config.Bool(false, "enable_moe_block"))
        {
            extras.Add(Experts(config, dimensions.HiddenSize));
        }

        return extras;
    }

    private static Gemma4Experts Experts(ModelConfig config, int hiddenSize)
    {
        return new Gemma4Experts
        {
            HiddenSize = hiddenSize,
            Experts = config.Int("num_experts"),
            ExpertsPerToken = config.Int("top_k_experts"),
            IntermediateSize = config.Int("moe_intermediate_size", "expert_intermediate_size"),
        };
    }

    private static IReadOnlyList<Block> FrameExtras(ModelConfig config, DecoderDimensions dimensions, int inputSize)
    {
        return inputSize == 0
            ? []
            :
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
