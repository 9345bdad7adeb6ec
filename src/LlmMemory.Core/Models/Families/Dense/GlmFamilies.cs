using System.Collections.Generic;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Dense;

/// <summary>
/// GLM: ChatGLM 2 and 3 and the GLM-4 that is configured like them, and the later ones of transformers. Sources:
/// transformers, models/glm, glm4 and glm4v; zai-org/chatglm3-6b, modeling_chatglm.py.
/// </summary>
internal static class GlmFamilies
{
    private static readonly DecoderStyle Glm = new()
    {
        QkvBias = new(true, "attention_bias"),
        OutputBias = ConfigSwitch.Off,
        HeadSize = 128,
        Mlp = new() { GateUp = "gate_up_proj" },
        MlpBias = ConfigSwitch.Off,
    };

    private static readonly DecoderStyle Glm4 = Glm with
    {
        Norms = new()
        {
            BeforeAttention = "input_layernorm",
            AfterAttention = "post_self_attn_layernorm",
            BeforeFeedForward = "post_attention_layernorm",
            AfterFeedForward = "post_mlp_layernorm",
        },
    };

    private static readonly DecoderStyle ChatGlm = new()
    {
        Frame = new()
        {
            Prefix = "transformer.",
            Embedding = "embedding.word_embeddings",
            LayerPrefix = "encoder.layers.",
            FinalNorm = "encoder.final_layernorm",
            Head = "transformer.output_layer",
        },
        Attention = new() { Prefix = "self_attention.", QueryKeyValue = "query_key_value", Output = "dense" },
        QkvBias = new(true, "add_qkv_bias"),
        OutputBias = new(false, "add_bias_linear"),
        Mlp = new() { GateUp = "dense_h_to_4h", Down = "dense_4h_to_h" },
        MlpBias = new(false, "add_bias_linear"),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        Glm.For("glm"),

        // glm4_bias is what the reference tables of this project call GLM-4-0414.
        Glm4.For("glm4", "glm4_bias", "glm4v", "glm4v_text"),
        new(BuildChatGlm, "chatglm"),
    ];

    private static LanguageModel BuildChatGlm(ModelConfig config)
    {
        var dimensions = DecoderBuilder.Dimensions(ChatGlm, config);
        var isMultiQuery = config.Bool(config.Has("multi_query_group_num"), "multi_query_attention");
        return DecoderBuilder.Build(
            ChatGlm, config, isMultiQuery ? dimensions : dimensions with { KeyValueHeads = dimensions.Heads });
    }
}
