using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Falcon: RW with ALiBi and one block after the other, 7B with both side by side after one LayerNorm and one key head,
/// 40B and 180B with a LayerNorm for each and several key heads. Falcon 2 11B is of the latter kind with one LayerNorm,
/// Falcon 3 is Llama. Source: transformers, models/falcon (modeling_falcon.py, configuration_falcon.py).
/// </summary>
internal static class FalconFamily
{
    private static readonly DecoderStyle Falcon = new()
    {
        Frame = new()
        {
            Prefix = "transformer.",
            LayerPrefix = "h.",
            Embedding = "word_embeddings",
            FinalNorm = "ln_f",
            TiesByDefault = true,
        },
        Attention = new() { Prefix = "self_attention.", QueryKeyValue = "query_key_value", Output = "dense" },
        Mlp = new() { Up = "dense_h_to_4h", Down = "dense_4h_to_h" },
        IsGated = false,
        WidensFourfold = true,
    };

    /// <summary>The family, and the two names that it had before it was part of transformers.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => Build(config, config.Bool(false, "new_decoder_architecture")), "falcon", "RefinedWebModel"),
        new(config => Build(config, isNew: true), "RefinedWeb"),
    ];

    private static LanguageModel Build(ModelConfig config, bool isNew)
    {

        // Where these two are not said: RW, alone in having ALiBi, has biases and is not parallel.
        var hasAlibi = config.Bool(false, "alibi");
        var bias = new ConfigSwitch(hasAlibi, "bias");
        var isParallel = isNew || config.Bool(!hasAlibi, "parallel_attn");
        var style = Falcon with { Norms = Norms(config, isNew, isParallel), QkvBias = bias, MlpBias = bias };
        var dimensions = DecoderBuilder.Dimensions(style, config);
        var sharesOneKey = !isNew && config.Bool(true, "multi_query");
        return DecoderBuilder.Build(style, config, sharesOneKey ? dimensions with { KeyValueHeads = 1 } : dimensions);
    }

    private static LayerNorms Norms(ModelConfig config, bool isNew, bool isParallel)
    {
        var hasTwo = isNew && config.Count(2, "num_ln_in_parallel_attn") == 2;
        var norms = hasTwo ? new() { BeforeAttention = "ln_attn", BeforeFeedForward = "ln_mlp" }
            : isParallel ? LayerNorms.Shared
            : LayerNorms.Llama;
        return norms with { Kind = NormKind.LayerNorm };
    }
}
