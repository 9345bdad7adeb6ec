using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// The language model of Llama 3.2 Vision: Llama 3.1, with layers between its own whose attention reads the image
/// instead of the text and whose two parts are gated; and eight more rows in the embedding than in the head. Source:
/// transformers, models/mllama/modeling_mllama.py.
/// </summary>
internal static class MllamaTextFamily
{
    private const string CrossLayers = "cross_attention_layers";

    // Eight rows for tokens that stand for an image.
    private static readonly LlamaRules Rules = new() { Frame = new() { ExtraEmbeddingRows = 8 } };

    private static readonly AttentionNames CrossNames = new() { Prefix = "cross_attn." };

    private static readonly IReadOnlyList<Block> Gates =
    [
        new Weight(TensorRole.Extra, "cross_attn_attn_gate", 1),
        new Weight(TensorRole.Extra, "cross_attn_mlp_gate", 1),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "mllama_text_model", "mllama_text")];

    private static LanguageModel Build(ModelConfig config)
    {
        var decoder = new LlamaDecoder(config, Rules);
        var cross = ReadCrossLayers(config, decoder.Dimensions.Layers);
        var crossAttention = new CrossAttention(
            decoder.Attention with { QueryKeyNorm = QueryKeyNorm.SharedByHeads, Names = CrossNames });
        return decoder.Frame(index => cross.Contains(index)
            ? [.. decoder.Layer(crossAttention, decoder.Mlp), .. Gates]
            : decoder.Layer(decoder.Attention, decoder.Mlp));
    }

    private static HashSet<int> ReadCrossLayers(ModelConfig config, int layers)
    {
        var cross = config.IntList(CrossLayers) ?? throw config.Missing(CrossLayers);
        return cross.All(index => index < layers)
            ? [.. cross]
            : throw config.Invalid(CrossLayers, $"names a layer beyond the last of {layers}");
    }
}
