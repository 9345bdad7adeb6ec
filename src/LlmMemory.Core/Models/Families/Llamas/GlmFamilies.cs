using System.Collections.Generic;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// GLM: gate and up in one, a bias in query, key and value; GLM-4-0414 has four normalisations in a layer. ChatGLM,
/// and GLM-4-9B as first published, have names of their own. Sources: transformers,
/// models/{glm, glm4, glm4v}/modular_*.py; of ChatGLM the code beside its checkpoint (zai-org/chatglm3-6b,
/// modeling_chatglm.py). The first GLM-4-9B has 9,399,951,360 weights.
/// </summary>
internal static class GlmFamilies
{
    private static readonly MlpNames FusedMlp = new() { GateUp = "gate_up_proj" };

    private static readonly LlamaRules Glm = new() { QkvBias = new(false, "attention_bias"), MlpNames = FusedMlp };

    private static readonly LlamaRules Glm4 = Glm with
    {
        Norms = new()
        {
            BeforeAttention = "input_layernorm",
            AfterAttention = "post_self_attn_layernorm",
            BeforeMlp = "post_attention_layernorm",
            AfterMlp = "post_mlp_layernorm",
        },
    };

    private static readonly LlamaRules Glm4WithBias = Glm4 with { QkvBias = new(true, "attention_bias") };

    private static readonly ConfigSwitch LinearBias = new(false, "add_bias_linear");

    private static readonly LlamaRules ChatGlm = new()
    {
        QkvBias = new(true, "add_qkv_bias"),
        OutputBias = LinearBias,
        MlpBias = LinearBias,
        AttentionNames = new() { Prefix = "self_attention.", QueryKeyValue = "query_key_value", Output = "dense" },
        MlpNames = new() { GateUp = "dense_h_to_4h", Down = "dense_4h_to_h" },
        Frame = new()
        {
            Prefix = "transformer.",
            LayerPrefix = "encoder.layers.",
            Embedding = "embedding.word_embeddings",
            FinalNorm = "encoder.final_layernorm",
            Head = "transformer.output_layer",
        },
    };

    /// <summary>All of them; <c>glm4_bias</c> is no name of the hub, but of catalogues that tell the two apart.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, Glm), "glm"),
        new(config => LlamaDecoder.Build(config, Glm4), "glm4"),
        new(config => LlamaDecoder.Build(config, Glm4WithBias), "glm4v_text", "glm4_bias"),
        new(BuildChatGlm, "chatglm"),
    ];

    /// <summary>A number of key groups counts only where the configuration wants groups.</summary>
    private static LanguageModel BuildChatGlm(ModelConfig config)
    {
        var dimensions = LlamaDecoder.Read(config);
        return config.Bool(true, "multi_query_attention")
            ? LlamaDecoder.Build(config, ChatGlm, dimensions)
            : LlamaDecoder.Build(config, ChatGlm, dimensions with { KeyValueHeads = dimensions.Heads });
    }
}
