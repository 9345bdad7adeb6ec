namespace LlmMemory.Core.Tests.Gguf;

/// <summary>Small files for tests that need no real model.</summary>
internal static class GgufSamples
{
    /// <summary>A model of two layers that has a value of every kind in its metadata.</summary>
    public static GgufBuilder Model()
    {
        return WithLayers(Metadata());
    }

    public static GgufBuilder Metadata(string architecture = "llama")
    {
        return new GgufBuilder()
            .Add("general.architecture", architecture)
            .Add("general.name", "sample")
            .Add("general.file_type", 15)
            .Add($"{architecture}.block_count", 2)
            .Add($"{architecture}.context_length", 4096)
            .Add($"{architecture}.embedding_length", 256)
            .Add($"{architecture}.feed_forward_length", 512)
            .Add($"{architecture}.attention.head_count", 4)
            .Add($"{architecture}.attention.head_count_kv", [2u, 4u])
            .Raw($"{architecture}.rope.freq_base", 6, 0, 0, 0, 63)
            .Raw("sample.double", 12, 0, 0, 0, 0, 0, 0, 0, 64)
            .Raw("sample.int8", 1, 255)
            .Raw("sample.int64", 11, 255, 255, 255, 255, 255, 255, 255, 255)
            .Raw("sample.uint64", 10, 255, 255, 255, 255, 255, 255, 255, 255)
            .Add("sample.truth", true)
            .Add("tokenizer.ggml.tokens", ["<unk>", "a", "b", string.Empty, "\u00E9\u4E2D"]);
    }

    public static GgufBuilder WithLayers(GgufBuilder builder)
    {
        builder.Tensor("token_embd.weight", 12, 144L * 5, 256, 5).Tensor("output_norm.weight", 0, 1024, 256);
        for (var i = 0; i < 2; i++)
        {
            builder
                .Tensor($"blk.{i}.attn_norm.weight", 0, 1024, 256)
                .Tensor($"blk.{i}.attn_q.weight", 12, 144L * 256, 256, 256)
                .Tensor($"blk.{i}.attn_k.weight", 12, 144L * 128, 256, 128)
                .Tensor($"blk.{i}.attn_v.weight", 14, 210L * 128, 256, 128)
                .Tensor($"blk.{i}.attn_output.weight", 12, 144L * 256, 256, 256)
                .Tensor($"blk.{i}.ffn_norm.weight", 0, 1024, 256)
                .Tensor($"blk.{i}.ffn_gate.weight", 12, 144L * 512, 256, 512)
                .Tensor($"blk.{i}.ffn_up.weight", 12, 144L * 512, 256, 512)
                .Tensor($"blk.{i}.ffn_down.weight", 14, 210L * 2 * 256, 512, 256);
        }

        return builder;
    }
}
