using System;

namespace LlmMemory.Quantization.Gguf;

/// <summary>Sorts tensors into categories.</summary>
internal static class GgufTensorCategories
{
    private static readonly (string Part, GgufTensorCategory Category)[] Parts =
    [
        ("attn_qkv.weight", GgufTensorCategory.AttentionValue),
        ("attn_kv_b.weight", GgufTensorCategory.AttentionValue),
        ("attn_v.weight", GgufTensorCategory.AttentionValue),
        ("attn_k.weight", GgufTensorCategory.AttentionKey),
        ("attn_q.weight", GgufTensorCategory.AttentionQuery),
        ("attn_output.weight", GgufTensorCategory.AttentionOutput),
        ("ffn_up", GgufTensorCategory.FeedForwardUp),
        ("ffn_gate", GgufTensorCategory.FeedForwardGate),
        ("ffn_down", GgufTensorCategory.FeedForwardDown),
    ];

    /// <summary>The category of a tensor.</summary>
    /// <param name="name">Its name in the file.</param>
    public static GgufTensorCategory Of(string name)
    {
        return name switch
        {
            "output.weight" => GgufTensorCategory.Output,
            "token_embd.weight" or "per_layer_token_embd.weight" => GgufTensorCategory.Embedding,
            _ => Array.Find(Parts, part => name.IndexOf(part.Part, StringComparison.Ordinal) >= 0).Category,
        };
    }
}
