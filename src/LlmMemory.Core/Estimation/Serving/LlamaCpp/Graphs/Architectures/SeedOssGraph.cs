

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs.Architectures;

/// <summary>Seed-OSS: Llama with another name for a normalisation. Source: ggml-org/llama.cpp v0.5.0, src/models/seed-oss.cpp.</summary>
internal sealed class SeedOssGraph(GraphScope scope) : LlamaGraph(scope)
{
    /// <inheritdoc/>
    protected override string NetworkNorm => "post_attention_norm";
}
