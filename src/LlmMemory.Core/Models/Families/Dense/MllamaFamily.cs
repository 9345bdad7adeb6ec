using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// The language model of Llama 3.2 Vision: Llama, with layers between that look at the image instead of the text, and
/// eight more tokens in the embedding than in the head. Source: transformers, models/mllama/modeling_mllama.py.
/// </summary>
internal static class MllamaFamily
{
    private static readonly DecoderStyle Style = new()
    {
        Frame = DecoderFrame.Llama with { ExtraEmbeddingRows = 8 },
        OutputBias = ConfigSwitch.Off,
        MlpBias = ConfigSwitch.Off,
    };

    // mllama_text is what the reference tables of this project call it.
    private static readonly string[] ModelTypes = ["mllama_text_model", "mllama_text"];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, ModelTypes)];

    private static LanguageModel Build(ModelConfig config)
    {
        var dimensions = DecoderBuilder.Dimensions(Style, config);
        var looking = LookingLayers(config, dimensions.Layers);
        var attention = DecoderBuilder.Attention(Style, config, dimensions);
        var cross = new CrossAttention(attention with
        {
            QkvBias = false,
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            Names = new() { Prefix = "cross_attn." },
        });
        var mlp = DecoderBuilder.Mlp(Style, config, dimensions);
        return Style.Frame.Around(config, dimensions, index => looking.Contains(index)
            ? [.. DecoderBuilder.Layer(Style, dimensions, cross, mlp), .. Gates()]
            : DecoderBuilder.Layer(Style, dimensions, attention, mlp));
    }

    private static HashSet<int> LookingLayers(ModelConfig config, int layers)
    {
        const string Field = "cross_attention_layers";
        var looking = config.IntList(Field) ?? throw config.Missing(Field);
        return looking.All(layer => layer < layers)
            ? [.. looking]
            : throw config.Invalid(Field, $"names layer {looking.Max()}, and the model has {layers}");
    }

    private static IEnumerable<Block> Gates()
    {
        yield return new Weight(TensorRole.Extra, "cross_attn_attn_gate", 1);
        yield return new Weight(TensorRole.Extra, "cross_attn_mlp_gate", 1);
    }
}
