using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Models that are built like Llama, under names of their own. Sources: the modeling_*.py that the checkpoints of
/// Baichuan, InternLM 2, EXAONE 3 and Qwen 1 ship; the names are those of GPTQModel's definitions as well.
/// </summary>
internal static class RenamedLlamaFamilies
{
    private static readonly LayerNorms GptNorms = new() { BeforeAttention = "ln_1", BeforeFeedForward = "ln_2" };

    private static readonly DecoderFrame GptFrame = new()
    {
        Prefix = "transformer.", LayerPrefix = "h.", Embedding = "wte", FinalNorm = "ln_f",
    };

    private static readonly DecoderStyle Qwen = new()
    {
        Frame = GptFrame,
        Norms = GptNorms,
        Attention = new() { Prefix = "attn.", QueryKeyValue = "c_attn", Output = "c_proj" },
        QkvBias = ConfigSwitch.On,
        OutputBias = new(false),
        Mlp = new() { Gate = "w2", Up = "w1", Down = "c_proj" },
        MlpBias = ConfigSwitch.Off,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new DecoderStyle
        {
            Attention = new() { QueryKeyValue = "W_pack" }, QkvBias = ConfigSwitch.Off, MlpBias = ConfigSwitch.Off,
        }.For("baichuan"),
        new DecoderStyle
        {
            Frame = new() { Embedding = "tok_embeddings", Head = "output" },
            Norms = new() { BeforeAttention = "attention_norm", BeforeFeedForward = "ffn_norm" },
            Attention = new() { Prefix = "attention.", QueryKeyValue = "wqkv", Output = "wo" },

            // The class says true, and every released configuration says false.
            QkvBias = new(false, "bias"),
            Mlp = new() { Prefix = "feed_forward.", Gate = "w1", Up = "w3", Down = "w2" },
            MlpBias = ConfigSwitch.Off,
        }.For("internlm2"),
        new DecoderStyle
        {
            Frame = GptFrame with { TiesByDefault = true },
            Norms = GptNorms,
            Attention = new() { Prefix = "attn.attention.", Output = "out_proj" },
            Mlp = new() { Gate = "c_fc_0", Up = "c_fc_1", Down = "c_proj" },
        }.For("exaone"),
        new(BuildQwen, "qwen"),
    ];

    /// <summary>The first Qwen's configuration names twice the width: what gate and up have together.</summary>
    private static LanguageModel BuildQwen(ModelConfig config)
    {
        var dimensions = DecoderBuilder.Dimensions(Qwen, config);
        return DecoderBuilder.Build(Qwen, config, dimensions with { IntermediateSize = dimensions.IntermediateSize / 2 });
    }
}
