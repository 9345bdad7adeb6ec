using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Workloads.Serving;

/// <summary>The types that engines cache keys and values in.</summary>
public static class CacheTypes
{
    /// <summary>16 bits.</summary>
    public static CacheType F16 { get; } = new("f16", "16-bit float, 2 bytes per element", 1, 2, "fp16", "float16", "half");

    /// <summary>16 bits, the range of 32.</summary>
    public static CacheType BF16 { get; } = new("bf16", "16-bit brain float, 2 bytes per element", 1, 2, "bfloat16");

    /// <summary>32 bits.</summary>
    public static CacheType F32 { get; } = new("f32", "32-bit float, 4 bytes per element", 1, 4, "fp32", "float32");

    /// <summary>8 bits, one scale for all.</summary>
    public static CacheType Fp8 { get; } =
        new("fp8", "8-bit float of vLLM, SGLang and TensorRT-LLM, 1 byte per element", 1, 1, "fp8_e4m3", "fp8_e5m2", "f8_e4m3", "f8_e5m2");

    /// <summary>8 bits, a scale of 4 bytes for each token and head.</summary>
    public static CacheType Int8PerTokenHead { get; } =
        new("int8_per_token_head", "8-bit integers of vLLM, a 4-byte scale for each token and head", 1, 1) { HeadBytes = 4 };

    /// <summary>8 bits, a scale of 4 bytes for each token and head.</summary>
    public static CacheType Fp8PerTokenHead { get; } =
        new("fp8_per_token_head", "8-bit floats of vLLM, a 4-byte scale for each token and head", 1, 1) { HeadBytes = 4 };

    /// <summary>4 bits, an 8-bit scale for 16.</summary>
    public static CacheType NvFp4 { get; } = new("nvfp4", "4-bit floats of vLLM, an 8-bit scale for 16: 0.5625 bytes per element", 16, 9);

    /// <summary>DeepSeek's latents: 512 in 8 bits with 4 scales, 64 rotary ones in 16 bits.</summary>
    public static CacheType Fp8DeepSeek { get; } =
        new("fp8_ds_mla", "DeepSeek's latents in vLLM: 656 bytes for each token and layer", 1, 1) { LatentTokenBytes = 656 };

    /// <summary>All of them.</summary>
    public static NamedCatalogue<CacheType> All { get; } = new(
        "KV cache type",
        ErrorIds.KvCacheTypeUnknown,
        F16,
        BF16,
        F32,
        Fp8,
        new("q8_0", "8-bit blocks of llama.cpp, 1.0625 bytes per element", 32, 34),
        new("q5_1", "5-bit blocks of llama.cpp, 0.75 bytes per element", 32, 24),
        new("q5_0", "5-bit blocks of llama.cpp, 0.6875 bytes per element", 32, 22),
        new("q4_1", "4-bit blocks of llama.cpp, 0.625 bytes per element", 32, 20),
        new("q4_0", "4-bit blocks of llama.cpp, 0.5625 bytes per element", 32, 18),
        new("iq4_nl", "4-bit non-linear blocks of llama.cpp, 0.5625 bytes per element", 32, 18),
        Int8PerTokenHead,
        Fp8PerTokenHead,
        NvFp4,
        Fp8DeepSeek);
}
