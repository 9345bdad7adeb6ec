using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>
/// Keys, values and states of one sequence, computed by hand from the dimensions in each model's config.json: bytes for
/// each token, and what does not grow. Attention in 16 bits; states of recurrences in 32, their convolutions in 16.
/// </summary>
public sealed class CacheByHandTests
{
    [Theory]

    // 61 layers x (512 latent + 64 rotary) x 2 bytes.
    [InlineData("deepseek-v3-671b-a37b", 70_272, 0)]

    // 48 layers x 2 x 8 heads x 128 x 2 bytes, below the chunk of 8192.
    [InlineData("llama-4-scout-17b-16e", 196_608, 0)]

    // 12 of 48 layers x 2 x 2 heads x 256 x 2 bytes. States: 36 x ((2 x 16 x 128 + 32 x 128) channels x 3 x 2 bytes
    // + 32 heads x 128 x 128 x 4 bytes) = 36 x (49,152 + 2,097,152).
    [InlineData("qwen3-next-80b-a3b", 24_576, 77_266_944)]

    // 34 layers x 2 x 4 heads x 256 x 2 bytes, below the window of 1024.
    [InlineData("gemma-3-4b", 139_264, 0)]

    // 4 of 52 layers x 2 x 8 heads x 128 x 2 bytes. States: 24 x ((8192 + 2 x 8 x 128) channels x 3 x 2 bytes
    // + 128 heads x 64 x 128 x 4 bytes) = 24 x (61,440 + 4,194,304).
    [InlineData("nemotron-h-8b", 16_384, 102_137_856)]

    // No token is kept. 48 layers x (4096 channels x 3 x 2 bytes + 4096 x 16 x 4 bytes) = 48 x (24,576 + 262,144).
    [InlineData("mamba-1.4b", 0, 13_762_560)]

    // 12 layers x 2 x 12 heads x 64 x 2 bytes.
    [InlineData("gpt2", 36_864, 0)]
    public void A_token_takes_what_pencil_and_paper_say(string model, long tokenBytes, long stateBytes)
    {
        Assert.Equal((100 * tokenBytes) + stateBytes, Cache("Generic", model, 100));
        Assert.Equal((100 * tokenBytes) + stateBytes, Cache("Transformers", model, 100));

        // In whole blocks of 32 tokens.
        Assert.Equal((128 * tokenBytes) + stateBytes, Cache("TensorRT-LLM", model, 100));
    }

    // 12 of 24 layers see all, 12 see 128: x 2 x 8 heads x 64 x 2 bytes.
    [Theory]
    [InlineData(100, 24 * 2048L * 100)]
    [InlineData(1000, 12 * 2048L * (1000 + 128))]
    public void Gpt_oss_keeps_128_tokens_in_every_other_layer(long tokens, long expected)
    {
        Assert.Equal(expected, Cache("Generic", "gpt-oss-20b-a3.6b", tokens));
    }

    // 5 of 34 layers see all, 29 see 1024: x 4096 bytes.
    [Fact]
    public void Gemma_3_keeps_1024_tokens_in_five_of_six_layers()
    {
        Assert.Equal(4096L * ((5 * 32_768) + (29 * 1024)), Cache("Generic", "gemma-3-4b", 32_768));
    }

    // 12 of 48 layers see all, 36 see their chunk of 8192: x 4096 bytes.
    [Fact]
    public void Llama_4_keeps_a_chunk_in_three_of_four_layers()
    {
        Assert.Equal(4096L * ((12 * 100_000) + (36 * 8192)), Cache("Generic", "llama-4-scout-17b-16e", 100_000));
    }

    // SGLang's pools have one row more than tokens; its states have three slots for a request.
    [Theory]
    [InlineData("deepseek-v3-671b-a37b", 70_272, 0)]
    [InlineData("qwen3-next-80b-a3b", 24_576, 77_266_944)]
    [InlineData("gemma-3-4b", 139_264, 0)]
    [InlineData("gpt-oss-20b-a3.6b", 24 * 2048, 0)]
    public void SGLangs_pools_are_those_bytes_too(string model, long tokenBytes, long stateBytes)
    {
        Assert.Equal((32_769 * tokenBytes) + (3 * stateBytes), Cache("SGLang", model, 32_768));
    }

    // 12 layers x 4096 bytes x (32,768 + 1), and 36 x 4096 x (26,214 + 1): 0.8 of the tokens.
    [Fact]
    public void SGLang_keeps_chunks_of_Llama_4_in_a_pool_of_their_own()
    {
        Assert.Equal((12 * 4096L * 32_769) + (36 * 4096L * 26_215), Cache("SGLang", "llama-4-scout-17b-16e", 32_768));
    }

    private static long Cache(string engine, string model, long tokens)
    {
        var workload = new InferenceWorkload { ContextLength = tokens, PromptLength = tokens, KvCacheType = CacheTypes.F16 };
        var estimate = EngineModels.Of(engine, model).Estimate(workload);
        return estimate.KvCacheBytes ?? 0;
    }
}
