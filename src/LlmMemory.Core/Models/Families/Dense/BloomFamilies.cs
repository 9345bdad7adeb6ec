using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// BLOOM and MPT: no positions, ALiBi. BigScience's own checkpoints have no <c>transformer.</c> before the names.
/// Sources: transformers, models/bloom and models/mpt; llm-foundry, models/mpt/configuration_mpt.py.
/// </summary>
internal static class BloomFamilies
{
    private static readonly DecoderStyle Bloom = new()
    {
        Frame = new()
        {
            Prefix = string.Empty,
            LayerPrefix = "h.",
            Embedding = "word_embeddings",
            FinalNorm = "ln_f",
            TiesByDefault = true,
        },
        Norms = LayerNorms.Llama with { Kind = NormKind.LayerNorm },
        Attention = new() { Prefix = "self_attention.", QueryKeyValue = "query_key_value", Output = "dense" },
        QkvBias = ConfigSwitch.On,
        Mlp = new() { Up = "dense_h_to_4h", Down = "dense_4h_to_h" },
        IsGated = false,
        MlpBias = ConfigSwitch.On,
        WidensFourfold = true,
        FrameExtras = dimensions => [new Norm("word_embeddings_layernorm", dimensions.HiddenSize, NormKind.LayerNorm)],
    };

    // LayerNorms without bias.
    private static readonly DecoderStyle Mpt = new()
    {
        Frame = new()
        {
            Prefix = "transformer.", LayerPrefix = "blocks.", Embedding = "wte", FinalNorm = "norm_f", TiesByDefault = true,
        },
        Norms = new() { BeforeAttention = "norm_1", BeforeFeedForward = "norm_2" },
        Attention = new() { Prefix = "attn.", QueryKeyValue = "Wqkv", Output = "out_proj" },
        QkvBias = ConfigSwitch.Off,
        Mlp = new() { Prefix = "ffn." },
        IsGated = false,
        MlpBias = ConfigSwitch.Off,
        WidensFourfold = true,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [Bloom.For("bloom"), new(BuildMpt, "mpt")];

    private static LanguageModel BuildMpt(ModelConfig config)
    {
        Refuse(config, !config.Bool(true, "no_bias"), "no_bias", "is false, and MPT with biases is not known");
        var attention = config.Nested("attn_config");
        var hasPositions = attention is not null && !attention.Bool(true, "alibi");
        Refuse(config, hasPositions, "attn_config", "turns ALiBi off, and MPT with learned positions is not known");
        Refuse(
            config, attention?.Bool(false, "qk_ln", "qk_gn") == true, "attn_config", "normalises queries and keys, and MPT that does is not known");

        var dimensions = DecoderBuilder.Dimensions(Mpt, config);
        return DecoderBuilder.Build(Mpt, config, dimensions with
        {
            IntermediateSize = (config.OptionalInt("expansion_ratio") ?? 4) * dimensions.HiddenSize,
            KeyValueHeads = KeyValueHeads(attention, dimensions),
        });
    }

    private static int KeyValueHeads(ModelConfig? attention, DecoderDimensions dimensions)
    {
        return attention?.OptionalText("attn_type") switch
        {
            "multiquery_attention" => 1,
            "grouped_query_attention" => attention.Int("kv_n_heads"),
            _ => dimensions.Heads,
        };
    }

    private static void Refuse(ModelConfig config, bool isSo, string field, string reason)
    {
        if (isSo)
        {
            throw config.Invalid(field, reason);
        }
    }
}
