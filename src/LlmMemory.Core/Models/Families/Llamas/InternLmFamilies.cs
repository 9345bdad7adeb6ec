using System.Collections.Generic;

namespace LlmMemory.Models.Families.Llamas;

/// <summary>
/// InternLM: Llama with a bias in attention; then Llama's own names of before the hub, with one projection for query,
/// key and value; then Llama with head sizes of its own. Sources: the code beside the checkpoints
/// (internlm/internlm-7b, internlm2-7b and internlm3-8b-instruct, modeling_internlm*.py).
/// </summary>
internal static class InternLmFamilies
{
    private static readonly ConfigSwitch Bias = new(true, "bias", "attention_bias");

    private static readonly LlamaRules InternLm = new() { QkvBias = Bias, OutputBias = Bias };

    // The class says true, and every published configuration false.
    private static readonly ConfigSwitch Bias2 = new(false, "bias");

    private static readonly LlamaRules InternLm2 = new()
    {
        QkvBias = Bias2,
        OutputBias = Bias2,
        Norms = new() { BeforeAttention = "attention_norm", BeforeMlp = "ffn_norm" },
        AttentionNames = new() { Prefix = "attention.", QueryKeyValue = "wqkv", Output = "wo" },
        MlpNames = new() { Prefix = "feed_forward.", Gate = "w1", Up = "w3", Down = "w2" },
        Frame = new() { Embedding = "tok_embeddings", Head = "output" },
    };

    private static readonly LlamaRules InternLm3 =
        new() { QkvBias = new(false, "qkv_bias"), OutputBias = new(false, "bias"), MlpBias = new(false, "bias") };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new(config => LlamaDecoder.Build(config, InternLm), "internlm"),
        new(config => LlamaDecoder.Build(config, InternLm2), "internlm2"),
        new(config => LlamaDecoder.Build(config, InternLm3), "internlm3"),
    ];
}
