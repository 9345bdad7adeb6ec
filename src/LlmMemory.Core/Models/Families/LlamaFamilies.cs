using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>
/// Llama, and the models that are Llama with a switch or two: two RMSNorms around grouped-query attention and a
/// gated feed-forward network. Sources: modeling_*.py of huggingface/transformers under src/transformers/models; the
/// counts are checked against published totals.
/// </summary>
internal static class LlamaFamilies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => Build(config, config.Bool(false, "attention_bias")), "llama", "mistral", "ministral", "ministral3", "yi", "smollm3", "mimo"),
        new(BuildQwen2, "qwen2", "qwen2_vl_text", "qwen2_5_vl_text"),
        new(config => Build(config, config.Bool(false, "attention_bias"), QueryKeyNorm.SharedByHeads), "qwen3", "qwen3_vl_text"),
    ];

    private static LanguageModel Build(ModelConfig config, bool bias, QueryKeyNorm queryKeyNorm = QueryKeyNorm.None)
    {
        return Build(config, bias, bias, queryKeyNorm);
    }

    private static LanguageModel BuildQwen2(ModelConfig config)
    {
        return Build(config, config.Bool(true, "attention_bias", "qkv_bias"), outputBias: false, QueryKeyNorm.None);
    }

    private static LanguageModel Build(ModelConfig config, bool qkvBias, bool outputBias, QueryKeyNorm queryKeyNorm)
    {
        var dimensions = DecoderDimensions.Read(config);
        var windows = AttentionWindows.Read(config, dimensions.Layers);
        var mlp = new DenseMlp
        {
            HiddenSize = dimensions.HiddenSize,
            IntermediateSize = dimensions.IntermediateSize,
            Bias = config.Bool(false, "mlp_bias"),
        };
        var attention = new GroupedQueryAttention
        {
            HiddenSize = dimensions.HiddenSize,
            Heads = dimensions.Heads,
            KeyValueHeads = dimensions.KeyValueHeads,
            HeadSize = dimensions.HeadSize,
            QkvBias = qkvBias,
            OutputBias = outputBias,
            QueryKeyNorm = queryKeyNorm,
        };
        return DecoderFrame.Llama.Around(config, dimensions, Layer);

        IReadOnlyList<Block> Layer(int index)
        {
            return
            [
                new Norm("input_layernorm", dimensions.HiddenSize),
                attention with { Window = windows[index] },
                new Norm("post_attention_layernorm", dimensions.HiddenSize),
                mlp,
            ];
        }
    }
}
