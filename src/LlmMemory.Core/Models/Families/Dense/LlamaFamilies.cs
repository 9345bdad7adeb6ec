using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// Llama, and the models that are Llama with a switch or two: two RMSNorms around grouped-query attention and a
/// gated feed-forward network, under Llama's names. Sources: modeling_*.py and configuration_*.py of transformers
/// under models, and the code that InternLM and Orion ship with their checkpoints; counts are checked against
/// published totals.
/// </summary>
internal static class LlamaFamilies
{
    private static readonly DecoderFrame Tied = DecoderFrame.Llama with { TiesByDefault = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        DecoderStyle.Llama.For("llama", "yi", "aquila", "xverse"),

        // Their classes have no biases, whatever a configuration says.
        new DecoderStyle { QkvBias = ConfigSwitch.Off, MlpBias = ConfigSwitch.Off }.For("mistral", "ministral"),
        new DecoderStyle { QkvBias = ConfigSwitch.Off, MlpBias = ConfigSwitch.Off, HeadSize = 128 }.For("ministral3"),
        DecoderStyle.Llama.For("granite"),
        new DecoderStyle { Frame = Tied, Windows = WindowRule.WhereAsked with { FirstSlidingLayer = 0 } }.For("smollm3"),
        new DecoderStyle { OutputBias = ConfigSwitch.Off, HeadSize = 128 }.For("helium"),
        new DecoderStyle
        {
            QkvBias = new(true, "attention_bias"), OutputBias = new(false, "attention_out_bias"), HeadSize = 128,
        }.For("seed_oss"),
        new DecoderStyle { Frame = Tied, QkvBias = new(false, "use_bias"), MlpBias = new(false, "use_bias"), HeadSize = 128 }
            .For("ernie4_5"),
        new DecoderStyle { Frame = Tied }.For("minicpm"),
        new DecoderStyle
        {
            Attention = new() { QueryNorm = "query_layernorm", KeyNorm = "key_layernorm" },
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
        }.For("hunyuan_v1_dense"),

        // InternLM 3 names the biases of attention and those of everything else apart.
        new DecoderStyle { QkvBias = new(true, "bias", "attention_bias") }.For("internlm"),
        new DecoderStyle { QkvBias = new(false, "qkv_bias"), OutputBias = new(false, "bias"), MlpBias = new(false, "bias") }
            .For("internlm3"),

        // No gate, and in Apertus two scalars in the activation, xIELU.
        new DecoderStyle { IsGated = false }.For("arcee"),
        new DecoderStyle
        {
            Norms = new() { BeforeAttention = "attention_layernorm", BeforeFeedForward = "feedforward_layernorm" },
            QueryKeyNorm = QueryKeyNorm.SharedByHeads,
            IsGated = false,
            MlpBias = ConfigSwitch.Off,
            LayerExtras = _ =>
            [
                new Weight(TensorRole.Extra, "mlp.act_fn.alpha_p", 1),
                new Weight(TensorRole.Extra, "mlp.act_fn.alpha_n", 1),
            ],
        }.For("apertus"),

        // BitNet normalises once more before each projection that leads out.
        new DecoderStyle
        {
            MlpBias = ConfigSwitch.Off,
            LayerExtras = dimensions =>
            [
                new Norm("self_attn.attn_sub_norm", dimensions.HiddenSize),
                new Norm("mlp.ffn_sub_norm", dimensions.IntermediateSize),
            ],
        }.For("bitnet"),
    ];
}
