using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Gemma 3n: Gemma 3 with several hidden states a token (AltUp), a learned residual (LAuReL), embeddings for each layer,
/// and keys and values that the last layers share. Source: transformers, models/gemma3n (modeling_gemma3n.py,
/// configuration_gemma3n.py).
/// </summary>
internal static class Gemma3nFamily
{
    private static readonly DecoderStyle Style = GemmaFamilies.Gemma3 with
    {
        Attention = new() { KeepsSharedProjections = true },
        Windows = new() { Window = 512, Pattern = 5 },
    };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "gemma3n_text")];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderBuilder.Dimensions(Style, config);
        var windows = AttentionWindows.Read(config, dimensions.Layers, Style.Windows);
        var sources = SharedKeyValues.Sources(config, windows, SharedKeyValues.Count(config, dimensions.Layers));
        var attention = DecoderBuilder.Attention(Style, config, dimensions);
        var mlp = DecoderBuilder.Mlp(Style, config, dimensions);
        var inputSize = config.Int("hidden_size_per_layer_input");
        var hiddenStates = config.Int("altup_num_inputs");
        var extras = LayerExtras(dimensions.HiddenSize, hiddenStates, config.Int("laurel_rank"), inputSize);
        var frame = Style.Frame with { ExtraBlocks = FrameExtras(config, dimensions, hiddenStates, inputSize) };
        return frame.Around(config, dimensions, Layer);

        IReadOnlyList<Block> Layer(int index)
        {
            return
            [
                .. DecoderBuilder.Layer(
                    Style,
                    dimensions,
                    attention with { Window = windows[index], SharesKeyValueOf = sources[index] },
                    mlp with { IntermediateSize = dimensions.IntermediateSizeOf(index) }),
                .. extras,
            ];
        }
    }

    private static IReadOnlyList<Block> LayerExtras(int hiddenSize, int hiddenStates, int rank, int inputSize)
    {
        return
        [
            new AlternatingUpdates(hiddenSize, hiddenStates),
            new LearnedResidual(hiddenSize, rank),
            new PerLayerInput(hiddenSize, inputSize),
        ];
    }

    /// <summary>Embeddings for each layer, and what makes the further hidden states from the first, and one of all again.</summary>
    private static IReadOnlyList<Block> FrameExtras(
        ModelConfig config, DecoderDimensions dimensions, int hiddenStates, int inputSize)
    {
        var hiddenSize = dimensions.HiddenSize;
        if (hiddenStates > DecoderDimensions.MaxLayers)
        {
            throw config.Invalid("altup_num_inputs", "asks for more hidden states than any model has");
        }

        return
        [
            new PerLayerEmbedding
            {
                VocabularySize = config.Int("vocab_size_per_layer_input"),
                HiddenSize = hiddenSize,
                InputSize = inputSize,
                Layers = dimensions.Layers,
            },
            .. Projections("altup_projections"),
            .. Projections("altup_unembed_projections"),
        ];

        IEnumerable<Block> Projections(string name)
        {
            return Enumerable.Range(0, hiddenStates - 1)
                .Select(index => new Linear(TensorRole.Projection, $"{name}.{index}", hiddenSize, hiddenSize));
        }
    }
}
