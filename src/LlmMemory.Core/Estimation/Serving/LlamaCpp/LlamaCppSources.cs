namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Where the rules for llama.cpp come from, and the version they hold for.</summary>
internal static class LlamaCppSources
{
    public const string Version = "0.5.0 (de3ff815)";

    public const string Weights = "llama.cpp 0.5.0, src/llama-model.cpp, load_tensors; ggml/src/ggml-cuda/ggml-cuda.cu, get_alloc_size";

    public const string KvCache = "llama.cpp 0.5.0, src/llama-kv-cache.cpp and llama-kv-cache-iswa.cpp";

    public const string Recurrent = "llama.cpp 0.5.0, src/llama-memory-recurrent.cpp";

    public const string Output = "llama.cpp 0.5.0, src/llama-context.cpp, output_reserve";

    public const string Compute = "llama.cpp 0.5.0, src/llama-context.cpp, sched_reserve; ggml/src/ggml-alloc.c and ggml-backend.cpp";

    public const string Adapter = "llama.cpp 0.5.0, src/llama-adapter.cpp";

    public const string Projector = "llama.cpp 0.5.0, tools/mtmd/clip.cpp; 1.4 times the file in all, as Unsloth measured";

    public const string DeviceOverhead = "measured on a GeForce RTX 4090: 451 to 456 MiB unaccounted for (llama.cpp PR 15860), of which CUDA "
        + "and cuBLAS 320 to 330 MiB; not in llama.cpp's log";

    public const string Repack = "llama.cpp 0.5.0, ggml/src/ggml-cpu/repack.cpp, as on x86 with AVX2; CPU_REPACK in llama.cpp's log";
}
