using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// GPT-2 and what followed it: GPT-BigCode, GPT-J, CodeGen, GPT-NeoX; GPT-Neo stands apart. GPT-2's own checkpoints
/// have no <c>transformer.</c> before the names, later models' have. Sources: transformers, models/gpt2, gpt_bigcode,
/// gptj, codegen and gpt_neox.
/// </summary>
internal static class GptFamilies
{
    private static readonly DecoderFrame Frame = new()
    {
        Prefix = "transformer.", LayerPrefix = "h.", Embedding = "wte", FinalNorm = "ln_f", TiesByDefault = true,
    };

    private static readonly LayerNorms Norms = new()
    {
        BeforeAttention = "ln_1", BeforeFeedForward = "ln_2", Kind = NormKind.LayerNorm,
    };

    private static readonly DecoderStyle BigCode = new()
    {
        Frame = Frame,
        Norms = Norms,
        Attention = new() { Prefix = "attn.", QueryKeyValue = "c_attn", Output = "c_proj" },
        QkvBias = ConfigSwitch.On,
        Mlp = new() { Up = "c_fc", Down = "c_proj" },
        IsGated = false,
        MlpBias = ConfigSwitch.On,
        WidensFourfold = true,
    };

    private static readonly DecoderStyle Gpt2 = BigCode with
    {
        Frame = Frame with { Prefix = string.Empty },
        Attention = BigCode.Attention with { StoresInputsFirst = true },
        Mlp = BigCode.Mlp with { StoresInputsFirst = true },
    };

    // One LayerNorm for attention and the feed-forward network side by side, and a head with a bias.
    private static readonly DecoderStyle GptJ = BigCode with
    {
        Frame = Frame with { HeadBias = true, TiesByDefault = false },
        Norms = new() { BeforeAttention = "ln_1", Kind = NormKind.LayerNorm },
        Attention = new() { Prefix = "attn.", Output = "out_proj" },
        QkvBias = ConfigSwitch.Off,
        Mlp = new() { Up = "fc_in", Down = "fc_out" },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => DecoderBuilder.Build(LearnedPositions.AddTo(Gpt2, config), config), "gpt2"),
        new(BuildBigCode, "gpt_bigcode"),
        GptJ.For("gptj"),
        (GptJ with { Attention = new() { Prefix = "attn.", QueryKeyValue = "qkv_proj", Output = "out_proj" } }).For("codegen"),
        new DecoderStyle
        {
            Frame = new()
            {
                Prefix = "gpt_neox.", Embedding = "embed_in", FinalNorm = "final_layer_norm", Head = "embed_out",
            },
            Norms = LayerNorms.Llama with { Kind = NormKind.LayerNorm },
            Attention = new() { Prefix = "attention.", QueryKeyValue = "query_key_value", Output = "dense" },
            QkvBias = new(true, "attention_bias"),
            Mlp = new() { Up = "dense_h_to_4h", Down = "dense_4h_to_h" },
            IsGated = false,
            MlpBias = ConfigSwitch.On,
        }.For("gpt_neox"),
    ];

    private static LanguageModel BuildBigCode(ModelConfig config)
    {
        var style = LearnedPositions.AddTo(BigCode, config);
        var dimensions = DecoderBuilder.Dimensions(style, config);
        var keyValueHeads = config.Bool(true, "multi_query") ? 1 : dimensions.Heads;
        return DecoderBuilder.Build(style, config, dimensions with { KeyValueHeads = keyValueHeads });
    }
}
