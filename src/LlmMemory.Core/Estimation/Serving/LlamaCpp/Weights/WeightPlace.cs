namespace LlmMemory.Estimation.Serving.LlamaCpp.Weights;

/// <summary>
/// Where llama.cpp puts a tensor. Source: ggml-org/llama.cpp v0.5.0, src/llama-arch.cpp (LLM_TENSOR_INFOS).
/// </summary>
internal enum WeightPlace
{
    /// <summary>On the host, whatever is offloaded: there is little to gain from offloading a look-up.</summary>
    Input,

    /// <summary>With its layer.</summary>
    Layer,

    /// <summary>Once on each device that holds layers.</summary>
    EachDevice,

    /// <summary>With the output.</summary>
    Output,

    /// <summary>Nowhere: it drafts tokens, and is only loaded to do so.</summary>
    Skipped,
}
